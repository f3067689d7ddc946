/**
 * `npm run observatory`: grades ten pages with Mozilla's HTTP Observatory, over TLS. The grader is installed beside the project, not
 * into it, because it has many dependencies. Exits with 1 when a page scores below `MIN_SCORE`.
 */

import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createHttp, request } from 'node:http';
import { createServer as createHttps } from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createCertificates } from '../support/certificates.ts';
import { HttpApplicant } from '../support/http-applicant.ts';
import { installTool } from '../support/install-tool.ts';
import { startStack } from '../support/stack.ts';

const GRADER = '@mdn/mdn-http-observatory@1.4.8';
/**
 * The highest score of this version is 145. We cannot get 15 of them: 5 for being on the browsers' preload list, 5 for secure cookies,
 * because none of these pages sets one, and 5 for hashes of script files, which the page `/partner` does not have.
 */
const MIN_SCORE = 130;
const HOST = '127.0.0.1';

const listen = (server: Server) =>
  new Promise<number>((resolve) => server.listen(0, HOST, () => resolve((server.address() as AddressInfo).port)));

const folder = mkdtempSync(join(tmpdir(), 'front-door-tls-'));
createCertificates(folder);
let app = '';
const tlsServer = createHttps(
  { cert: readFileSync(join(folder, 'server.crt')), key: readFileSync(join(folder, 'server.key')) },
  (incoming, outgoing) => {
    const { method, url, headers } = incoming;
    const upstreamRequest = request(`${app}${url}`, { method, headers }, (upstreamResponse) => {
      outgoing.writeHead(upstreamResponse.statusCode ?? 502, upstreamResponse.headers);
      upstreamResponse.pipe(outgoing);
    });
    incoming.pipe(upstreamRequest);
  },
);
const httpsPort = await listen(tlsServer);
const httpServer = createHttp(({ url }, answer) =>
  answer.writeHead(301, { location: `https://${HOST}:${httpsPort}${url}` }).end(),
);
const httpPort = await listen(httpServer);
/** The settings of a production deployment. The grader would lower the score for policies that name the stand-ins, which have no TLS. */
const LIVE_ENV = {
  APP_ENV: 'live',
  APP_ORIGIN: 'https://start.example',
  RAAS_BASE_URL: 'https://raas.example/v1',
  RAAS_LINK_HOSTS: 'links.example',
  OIDC_ISSUER: 'https://idp.example',
  GOOGLE_MAPS_API_URL: '',
  DATA_KEY: randomBytes(32).toString('base64'),
  RAAS_API_KEY: 'graded',
  OIDC_CLIENT_SECRET: 'graded',
  GOOGLE_MAPS_API_KEY: 'graded',
  VGS_COLLECT_URL: '',
  VGS_ENVIRONMENT: 'live',
  VGS_COLLECT_INTEGRITY: `sha384-${'A'.repeat(64)}`,
};
const stack = await startStack({
  ports: 'free',
  env: { ...LIVE_ENV, DATA_DIR: join(folder, 'data'), SHED_DELAY_MS: '60000' },
});
app = stack.origins.app;

const person = new HttpApplicant(undefined, LIVE_ENV.APP_ORIGIN);
await person.fill(Number(new URL(app).port));
const paths = [
  '/en',
  '/en/onboarding/identity',
  '/en/onboarding/address',
  '/en/onboarding/payment',
  '/en/onboarding/review',
  '/en/assist/sign-in',
  '/en/continue',
  '/en/continue/help',
  '/en/link-refused',
  '/partner',
];
const grader = installTool(GRADER);
// The grader would download the list of preloaded hosts; an empty list is enough.
writeFileSync(join(grader, 'node_modules', '@mdn', 'mdn-http-observatory', 'conf', 'hsts-preload.json'), '{}');
const execute = promisify(execFile);
const rows: { path: string; status: number; score: number; failed: string[] }[] = [];
for (const path of paths) {
  // Not `execFileSync`: this process also serves the graded pages.
  const args = [grader, HOST, String(httpPort), String(httpsPort), path, person.cookie ?? ''];
  const env = { ...process.env, NODE_EXTRA_CA_CERTS: join(folder, 'authority.crt') };
  const { stdout } = await execute(process.execPath, ['e2e/scripts/observatory-scan.mjs', ...args], { env });
  rows.push({ path, ...(JSON.parse(stdout) as { status: number; score: number; failed: string[] }) });
}
console.table(rows.map(({ failed, ...row }) => ({ ...row, failed: failed.join(' ') })));
await stack.stop();
for (const server of [tlsServer, httpServer]) server.close();
rmSync(folder, { recursive: true, force: true });
process.exit(rows.every(({ score }) => score >= MIN_SCORE) ? 0 : 1);
