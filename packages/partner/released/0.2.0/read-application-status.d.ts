import type { ApplicationStatus } from './application-types.ts';
export type StatusApi = {
    /** The origin of the app. */
    origin: string;
    /** One of the keys that the app's operator gave you. */
    apiKey: string;
    signal?: AbortSignal;
};
/** The app did not answer with a status. */
export declare class ApplicationStatusError extends Error {
    name: string;
    /** The HTTP status. */
    readonly status: number;
    /** Set for 429 and 503. */
    readonly retryAfterSeconds: number | undefined;
    constructor(status: number, retryAfter: string | null);
}
/**
 * Reads the status of an application.
 *
 * @param reference yours, of which the newest application counts, or the app's id of the application
 * @returns undefined when there is none
 * @throws ApplicationStatusError for every other answer
 */
export declare function readApplicationStatus(reference: string, { origin, apiKey, signal }: StatusApi): Promise<ApplicationStatus | undefined>;
