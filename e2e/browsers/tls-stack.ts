import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCertificates } from '../support/certificates.ts';
import { createRaasControl } from '../support/control-client.ts';
import { startStack } from '../support/stack.ts';
import { startTlsRelay } from '../support/tls-relay.ts';

export type TlsStack = {
  /** The addresses at which browsers reach the app, the partner's site and the session links. */
  origins: { app: string; partner: string; links: string };
  raas: ReturnType<typeof createRaasControl>;
  /** All that the app received and sent, for a search. */
  readTraffic: () => Buffer;
  stop: () => Promise<void>;
};

/**
 * Starts the built app and the stand-ins with TLS before the app, as in production, and before all that its pages load: engines
 * differ in what they take over HTTP from loopback. The app has another host than the stand-ins, so their frames, and the
 * partner's post, come from another site.
 */
export async function startTlsStack(): Promise<TlsStack> {
  const folder = mkdtempSync(join(tmpdir(), 'front-door-browsers-'));
  createCertificates(folder);
  const app = await startTlsRelay(folder, 'localhost');
  const links = await startTlsRelay(folder, '127.0.0.1');
  const maps = await startTlsRelay(folder, '127.0.0.1');
  const vgs = await startTlsRelay(folder, '127.0.0.1');
  const traffic = join(folder, 'traffic.bin');
  writeFileSync(traffic, '');
  const stack = await startStack({
    ports: 'free',
    recordTo: traffic,
    env: {
      APP_ORIGIN: app.origin,
      SANDBOX_PARTNER_AUDIENCE: app.origin,
      SANDBOX_IDP_CLIENT_ORIGIN: app.origin,
      SANDBOX_LINK_ORIGIN: links.origin,
      RAAS_LINK_HOSTS: new URL(links.origin).host,
      GOOGLE_MAPS_API_URL: maps.origin,
      VGS_COLLECT_URL: vgs.origin,
      DATA_DIR: join(folder, 'data'),
      SHED_DELAY_MS: '60000',
    },
  });
  app.forwardTo(stack.origins.app);
  links.forwardTo(stack.origins['links']);
  maps.forwardTo(stack.origins['maps']);
  vgs.forwardTo(stack.origins['vgs']);
  return {
    origins: { app: app.origin, partner: stack.origins['partner'] ?? '', links: links.origin },
    raas: createRaasControl(() => stack.origins['raasControl'] ?? ''),
    readTraffic: () => readFileSync(traffic),
    async stop() {
      for (const relay of [app, links, maps, vgs]) relay.stop();
      await stack.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
