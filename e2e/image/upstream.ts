import { chmodSync, copyFileSync, existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Processes } from '../support/processes.ts';
import { waitUntil } from '../support/run-helpers.ts';

const START_MS = 20_000;
export const RAAS_HOST = 'raas.local';
export const LINK_HOST = 'links.local';

export type Upstream = {
  /** The certificate of the authority that signed for both hosts. */
  authority: string;
  /** The statuses of the calls with this phone that must not be made twice. */
  findCalls: (phone: string) => Promise<(number | null)[]>;
  stop: () => Promise<void>;
};

/** Starts the RaaS stand-in behind TLS, as an app in `live` wants it, under two names whose certificates Caddy signs itself. */
export async function startUpstream(folder: string, apiKey: string): Promise<Upstream> {
  const processes = new Processes();
  const env = {
    ...process.env,
    SANDBOX_RAAS_KEYS: `${apiKey}=partner_full`,
    SANDBOX_LINK_ORIGIN: `https://${LINK_HOST}`,
  };
  const origins = await processes.start('The raas stand-in', 'node', ['e2e/sandbox/raas/server.ts'], { env }, (line) =>
    line.startsWith('{"ready"') ? (JSON.parse(line) as { ready: Record<string, string> }).ready : undefined,
  );
  const storage = join(folder, 'upstream-authority');
  const configuration = join(folder, 'Caddyfile');
  const formatSite = (host: string, origin = '') => `${host} {\n\treverse_proxy ${origin}\n}\n`;
  writeFileSync(
    configuration,
    `{\n\tadmin off\n\tskip_install_trust\n\tstorage file_system ${storage}\n}\n` +
      formatSite(RAAS_HOST, origins['raas']) +
      formatSite(LINK_HOST, origins['links']),
  );
  const root = join(storage, 'pki', 'authorities', 'local', 'root.crt');
  await processes.start(
    'The TLS of the stand-in',
    'caddy',
    ['run', '--config', configuration, '--adapter', 'caddyfile'],
    { env },
    (line) => (line.includes('serving initial configuration') ? true : undefined),
  );
  if (!(await waitUntil(START_MS, async () => existsSync(root) || undefined))) throw new Error(`${root} was not made`);
  const authority = join(folder, 'authority.crt');
  copyFileSync(root, authority);
  chmodSync(authority, 0o644); // the app's user reads it in its container
  const findCalls = async (phone: string) => {
    const response = await fetch(`${origins['raasControl']}/received?key=${encodeURIComponent(phone)}`);
    const requests = (await response.json()) as { path: string; status: number | null }[];
    return requests.filter(({ path }) => path.endsWith('/auth/sessionlink-v2')).map(({ status }) => status);
  };
  return { authority, findCalls, stop: () => processes.stop() };
}
