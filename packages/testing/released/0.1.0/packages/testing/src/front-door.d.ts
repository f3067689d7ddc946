import type { PartnerLinkKeys } from '../../../e2e/support/partner-keys.ts';
import { type Origins } from '../../../e2e/support/stack.ts';
export type FrontDoorOptions = {
    /** The folder of a built front door; `FRONT_DOOR_FOLDER` if not set. */
    folder?: string;
    /** Environment variables of the front door, such as `BRAND_FILE`, `WEBHOOKS_FILE` or `PARTNER_RETURN_ORIGINS`. */
    env?: Record<string, string>;
};
export type FrontDoor = {
    origin: string;
    /** For `createPartnerLink`. */
    linkKeys: PartnerLinkKeys;
    /** For `readApplicationStatus`. */
    statusApi: {
        origin: string;
        apiKey: string;
    };
    /** For `verifyWebhook`: the secret of events that the sandbox receives. */
    webhookSecret: string;
    /** Where the stand-ins and their control ports answer. */
    sandbox: Omit<Origins, 'app' | 'server'>;
    stop: () => Promise<void>;
};
/**
 * Starts the sandbox on free ports and a built front door on it, with an empty database.
 *
 * @throws Error when no folder is named, or with the output of a process that does not start
 */
export declare function startFrontDoor({ folder, env }?: FrontDoorOptions): Promise<FrontDoor>;
