import { readFileSync, rmSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { DEVELOPMENT_SERVER, findPort, getAppServer } from './app-server.ts';
import { copyBlankStore } from './blank-store.ts';
import { createPartnerKeys, type PartnerLinkKeys } from './partner-keys.ts';
import { Processes } from './processes.ts';
import { type RecordingProxy, startRecordingProxy } from './recording-proxy.ts';
import { getDemoPorts, getFreePorts, startSandbox } from './stand-ins.ts';

/** Origins: the app (`server` without the recording proxy before it) and the stand-ins (`raas`, `links`, `raasControl`, `maps`, `partner`, …). */
export type Origins = { app: string } & Record<string, string>;
export type Stack = {
  origins: Origins;
  /** The partner's keys of links (PEM), whose `origin` is the app's. */
  linkKeys: PartnerLinkKeys;
  /** Signs the events that the sandbox's partner receives. */
  webhookSecret: string;
  stop: () => Promise<void>;
};

/** All tests come from one address. Those about limits set their own. */
export const NO_LIMITS = Object.fromEntries(
  ['POSTS_PER_ADDRESS', 'SUBMITS_PER_ADDRESS', 'SUBMITS_PER_DRAFT', 'SUBMITS_PER_PHONE', 'CODES_PER_ADDRESS']
    .concat('CODES_PER_AGENT', 'SIGN_INS_PER_ADDRESS', 'DRAFTS_PER_ADDRESS', 'HELP_CODES_PER_ADDRESS')
    .concat('EVENTS_PER_ADDRESS', 'STATUS_PER_ADDRESS', 'IN_FLIGHT_PER_ADDRESS')
    .map((name) => [`LIMIT_${name}`, '100000000']),
);

/** A busy machine's disk may stall for seconds. Tests about a slow database set their own limits. */
const DATABASE_TIMEOUTS = { DATABASE_CONNECT_MS: '20000', DATABASE_QUERY_MS: '20000' };

/** The key with which the sandbox's partner reads the status of an application. */
export const PARTNER_API_KEY = 'sandbox-partner-api-key-0123456789';

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
export async function startStack(options: Options): Promise<Stack> {
  const processes = new Processes();
  let recordingProxy: RecordingProxy | undefined;
  const keys = createPartnerKeys();
  const stop = async () => {
    recordingProxy?.stop();
    await processes.stop();
    rmSync(keys.folder, { recursive: true, force: true });
  };
  try {
    const ports = options.ports === 'demo' ? await getDemoPorts() : getFreePorts();
    if (options.ports === 'free') recordingProxy = await startRecordingProxy(options.recordTo);
    const app = recordingProxy?.origin ?? `http://localhost:${ports['PORT']}`;
    const sandbox = await startSandbox(processes, { ...ports, ...getSandboxEnv(app, keys.sandbox), ...options.env });
    const limits = options.ports === 'free' ? { ...NO_LIMITS, ...DATABASE_TIMEOUTS } : {};
    const webhooks = options.hasWebhooks ? keys.writeWebhooksFile(`${sandbox['partner']}/events`) : {};
    const overrides: Record<string, string> = { ...keys.app, ...webhooks, ...options.env, ...options.envAt?.(sandbox) };
    if (overrides['DATA_DIR'] && !overrides['DATABASE_URL']) copyBlankStore(overrides['DATA_DIR']);
    const env = { ...getAppEnv(app, sandbox), ...limits, ...overrides };
    const { onOutput, isDevelopment, folder } = options;
    const port = await startApp(processes, { env, port: String(ports['PORT']), onOutput, isDevelopment, folder });
    recordingProxy?.forwardTo(port);
    await waitForServer(app);
    const origins = { ...sandbox, app, server: `http://127.0.0.1:${port}` };
    return { origins, linkKeys: { origin: app, ...keys.link }, webhookSecret: keys.webhookSecret, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The environment of stand-ins for an app at `origin`. @param keys of the partner, by `createPartnerKeys` */
export const getSandboxEnv = (origin: string, keys: Record<string, string>): Record<string, string> => ({
  ...keys,
  SANDBOX_PARTNER_AUDIENCE: origin,
  SANDBOX_PARTNER_API_KEY: PARTNER_API_KEY,
  SANDBOX_IDP_CLIENT_ORIGIN: origin,
});

/** This process's environment with the variables of an app at `origin`. */
export const getAppEnv = (origin: string, sandbox: Record<string, string>): Record<string, string | undefined> => ({
  ...process.env,
  ...getAppVariables(origin, sandbox),
});

/** The variables of an app at `origin`: those of `.env.example` with the stand-ins as its upstreams. */
export function getAppVariables(origin: string, sandbox: Record<string, string>): Record<string, string | undefined> {
  const { raas, links, maps, vgs, idp, partner } = sandbox;
  return {
    ...parseEnv(readFileSync(new URL('../../.env.example', import.meta.url), 'utf8')),
    APP_ORIGIN: origin,
    RAAS_BASE_URL: `${raas}/v1`,
    RAAS_LINK_HOSTS: new URL(links ?? '').host,
    GOOGLE_MAPS_API_URL: maps,
    VGS_COLLECT_URL: vgs,
    OIDC_ISSUER: idp,
    PARTNER_RETURN_ORIGINS: partner,
    PARTNER_API_KEYS: PARTNER_API_KEY,
    EMBED_ORIGINS: partner,
    NEXT_TELEMETRY_DISABLED: '1',
  };
}

type AppOptions = {
  env: Record<string, string | undefined>;
  /** The port to listen on; 0 is a free one. */
  port: string;
  onOutput?: ((text: string) => void) | undefined;
  isDevelopment?: boolean | undefined;
  folder?: string | undefined;
};

/** Starts the app. @returns the port on which it listens */
export function startApp(processes: Processes, app: AppOptions): Promise<number> {
  const { env, port, onOutput, isDevelopment, folder = process.cwd() } = app;
  const [command, args] = isDevelopment ? DEVELOPMENT_SERVER : getAppServer(folder);
  const options = { env, cwd: folder, ...(onOutput && { onOutput }) };
  return processes.start('The app', command, [...args, '-H', '127.0.0.1', '-p', port], options, findPort);
}

/** Asks until the server answers, for ten seconds. */
export async function waitForServer(origin: string): Promise<void> {
  for (let retriesLeft = 100; ; retriesLeft -= 1) {
    const response = await fetch(`${origin}/es`).catch(() => undefined);
    if (response?.ok) return;
    if (retriesLeft === 0) throw new Error(`${origin} does not answer (${response?.status ?? 'no connection'})`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
