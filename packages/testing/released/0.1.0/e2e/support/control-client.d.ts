export type ReceivedRequest = {
    method: string;
    path: string;
    headers: Record<string, string>;
    body: string;
    status: number | null;
    isTls: boolean;
    reference?: string;
};
export type NextAnswer = {
    status?: number;
    headers?: Record<string, string>;
    body?: unknown;
    delayMs?: number;
    reset?: boolean;
    fault?: string;
    done?: boolean;
    endpoint?: string;
};
/** A stand-in's control port, from a test's side. */
export declare function createControl(getOrigin: () => string): {
    getRequests(key: string): Promise<ReceivedRequest[]>;
    setNextAnswer: (key: string, answer: NextAnswer) => Promise<void>;
    changeSettings: (key: string, settings: object) => Promise<void>;
    reset: (key: string) => Promise<void>;
};
/** The RaaS stand-in of a stack of one's own. */
export declare const createRaasControl: (getOrigin: () => string) => {
    /** The calls that must not be made twice, without the lookups before them. */
    getSubmitRequests: (key: string) => Promise<ReceivedRequest[]>;
    getRequests(key: string): Promise<ReceivedRequest[]>;
    setNextAnswer: (key: string, answer: NextAnswer) => Promise<void>;
    changeSettings: (key: string, settings: object) => Promise<void>;
    reset: (key: string) => Promise<void>;
};
