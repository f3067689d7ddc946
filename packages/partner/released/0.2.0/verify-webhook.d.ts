import type { ApplicationEvent } from './application-types.ts';
export type WebhookRequest = {
    /** Of a `Request`, or of Node's `IncomingMessage`: names in lower case. */
    headers: Headers | Record<string, string | string[] | undefined>;
    /** The body as received, before any parser. */
    body: string;
};
/** The request is not a webhook of the app, or it is too old. */
export declare class WebhookError extends Error {
    name: string;
}
/**
 * Verifies a webhook (Standard Webhooks 1.x) and returns its event.
 *
 * @param secrets `whsec_<base64>` or `whpk_<base64>`; one of them must fit one of the signatures
 * @throws WebhookError when none fits, a header is missing, or the time is more than five minutes off
 */
export declare function verifyWebhook({ headers, body }: WebhookRequest, secrets: readonly string[], now?: Date): Promise<ApplicationEvent>;
