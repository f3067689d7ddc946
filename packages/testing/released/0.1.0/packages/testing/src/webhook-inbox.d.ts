import { type NextAnswer, type ReceivedRequest } from '../../../e2e/support/control-client.ts';
export type WebhookInbox = {
    /** Returns the requests with this reference as they arrived, repeated ones too. */
    getRequests: (reference: string) => Promise<ReceivedRequest[]>;
    /** Waits for an event of this type, at most 30 seconds. @returns its request, for `verifyWebhook` */
    waitFor: (reference: string, type: string) => Promise<ReceivedRequest>;
    /** Sets the answer to the next event with this reference, once. */
    setNextAnswer: (reference: string, answer: NextAnswer) => Promise<void>;
};
/**
 * Reads the events that the front door sent to the sandbox. `reference` is the one of the partner link, or its `jti`.
 *
 * @param controlOrigin where the control port of the sandbox's partner answers
 */
export declare function createWebhookInbox(controlOrigin: string): WebhookInbox;
