import { type PartnerLinkKeys } from './partner-keys.ts';
import { Processes } from './processes.ts';
/** Origins: the app (`server` without the recording proxy before it) and the stand-ins (`raas`, `links`, `raasControl`, `maps`, `partner`, …). */
export type Origins = {
    app: string;
} & Record<string, string>;
export type Stack = {
    origins: Origins;
    /** The partner's keys of links (PEM), whose `origin` is the app's. */
    linkKeys: PartnerLinkKeys;
    /** Signs the events that the sandbox's partner receives. */
    webhookSecret: string;
    stop: () => Promise<void>;
};
/** All tests come from one address. Those about limits set their own. */
export declare const NO_LIMITS: {
    [k: string]: string;
};
/** The key with which the sandbox's partner reads the status of an application. */
export declare const PARTNER_API_KEY = "sandbox-partner-api-key-0123456789";
type Options = {
    /** `demo` takes the fixed ports, `free` takes free ones and puts a recording proxy before the app. */
    ports: 'demo' | 'free';
    /** Changes to the environment of `.env.example`. */
    env?: Record<string, string>;
    /** Changes that depend on where the stand-ins answer. */
    envAt?: (sandbox: Record<string, string>) => Record<string, string>;
    onOutput?: (text: string) => void;
    /** The framework's development server instead of the built app. */
    isDevelopment?: boolean;
    /** The folder of the built app; this one if not set. */
    folder?: string;
    /** The app sends its events to the sandbox's partner. */
    hasWebhooks?: boolean;
    /** With free ports: a file for all that the app receives and sends. */
    recordTo?: string;
};
/** Starts the stand-ins and then the app on what they announced, and resolves when all of them answer. */
export declare function startStack(options: Options): Promise<Stack>;
/** The environment of an app at `origin`: that of `.env.example` with the stand-ins as its upstreams. */
export declare function getAppEnv(origin: string, sandbox: Record<string, string>): Record<string, string | undefined>;
type AppOptions = {
    env: Record<string, string | undefined>;
    /** The port to listen on; 0 is a free one. */
    port: string;
    onOutput?: ((text: string) => void) | undefined;
    isDevelopment?: boolean | undefined;
    folder?: string | undefined;
};
/** Starts the app. @returns the port on which it listens */
export declare function startApp(processes: Processes, app: AppOptions): Promise<number>;
export {};
