/**
 * `npm run observatory`: grades every kind of page by Mozilla's HTTP Observatory, over TLS. The grader is installed beside the
 * project, not into it: it brings two hundred packages. Ends with 1 when a page is below what the grader's version can give
 * to a site that is not on the browsers' preload list.
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
import { installBeside } from '../support/beside.ts';
import { makeCertificates } from '../support/certificates.ts';
import { Applicant } from '../support/http-applicant.ts';
import { startStack } from '../support/stack.ts';

const GRADER = '@mdn/mdn-http-observatory@1.4.8';
/**
 * Of 145 that this version gives, five are for being on the preload list, five for cookies that a page sets (none of these sets
 * one) and five for hashes of script files (the page that carries a token has none).
 */
const LEAST = 130;
const HOST = '127.0.0.1';

const listen = (server: Server) =>
  new Promise<number>((resolve) => server.listen(0, HOST, () => resolve((server.address() as AddressInfo).port)));

const folder = mkdtempSync(join(tmpdir(), 'front-door-tls-'));
makeCertificates(folder);
let app = '';
const tls = createHttps(
  { cert: readFileSync(join(folder, 'server.crt')), key: readFileSync(join(folder, 'server.key')) },
  (incoming, outgoing) => {
    const { method, url, headers } = incoming;
    const onward = request(`${app}${url}`, { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    incoming.pipe(onward);
  },
);
const httpsPort = await listen(tls);
const plain = createHttp(({ url }, answer) =>
  answer.writeHead(301, { location: `https://${HOST}:${httpsPort}${url}` }).end(),
);
const httpPort = await listen(plain);
/** As it is set up in production: the stand-ins have no TLS, and a policy that names them would be graded for that. */
const LIVE = {
  ...{ APP_ENV: 'live', APP_ORIGIN: 'https://start.example', RAAS_BASE_URL: 'https://raas.example/v1' },
  ...{ RAAS_LINK_HOSTS: 'links.example', OIDC_ISSUER: 'https://idp.example', GOOGLE_MAPS_API_URL: '' },
  ...{ DATA_KEY: randomBytes(32).toString('base64'), RAAS_API_KEY: 'graded', OIDC_CLIENT_SECRET: 'graded' },
  ...{ GOOGLE_MAPS_API_KEY: 'graded' },
  ...{ VGS_COLLECT_URL: '', VGS_ENVIRONMENT: 'live', VGS_COLLECT_INTEGRITY: `sha384-${'A'.repeat(64)}` },
};
const stack = await startStack({
  ports: 'free',
  env: { ...LIVE, DATA_DIR: join(folder, 'data'), SHED_DELAY_MS: '60000' },
});
app = stack.origins.app;

const person = new Applicant(undefined, LIVE.APP_ORIGIN);
await person.fill(Number(new URL(app).port));
const paths = [
  ...['/en', '/en/onboarding/identity', '/en/onboarding/address', '/en/onboarding/payment', '/en/onboarding/review'],
  ...['/en/assist/sign-in', '/en/continue', '/en/continue/help', '/en/link-refused', '/partner'],
];
const grader = installBeside(GRADER);
// The list of preloaded hosts would come from the network: an empty one does.
writeFileSync(join(grader, 'node_modules', '@mdn', 'mdn-http-observatory', 'conf', 'hsts-preload.json'), '{}');
const grade = promisify(execFile);
const rows: { path: string; status: number; score: number; failed: string[] }[] = [];
for (const path of paths) {
  // Not the blocking kind: the listener that is graded is in this process.
  const words = [grader, HOST, String(httpPort), String(httpsPort), path, person.cookie ?? ''];
  const env = { ...process.env, NODE_EXTRA_CA_CERTS: join(folder, 'authority.crt') };
  const { stdout } = await grade(process.execPath, ['e2e/scripts/observatory-scan.mjs', ...words], { env });
  rows.push({ path, ...(JSON.parse(stdout) as { status: number; score: number; failed: string[] }) });
}
console.table(rows.map(({ failed, ...row }) => ({ ...row, failed: failed.join(' ') })));
await stack.stop();
for (const server of [tls, plain]) server.close();
rmSync(folder, { recursive: true, force: true });
process.exit(rows.every(({ score }) => score >= LEAST) ? 0 : 1);
