/**
 * `npm run demo` builds the app, starts it with the sandbox and prints the addresses. Ctrl-C stops all of it.
 * `npm run dev` (`--dev`) does the same with the framework's development server.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { styleText } from 'node:util';
import { type Stack, startStack } from '../support/stack.ts';
import { writeSampleDocuments } from './sample-documents.ts';

const SAMPLE = `
  Sample answers, all invented or published for tests:
    Name            Maria Garcia           Born    24 6 1987
    Phone           +52 55 2120 6706       Email   maria@example.com
    Address         search for "Calle Dos 296"
    Card            4111 1111 1111 1111    Expires 11 / 28    Code 123
    CLABE           002320275621938815`;

/** Variables that a partner may set, to try the demo with a brand, keys and a receiver of their own (docs/partners.md). */
const PARTNER_VARIABLES = [
  'BRAND_FILE',
  'PARTNER_LINK_VERIFY_KEY_FILE',
  'PARTNER_LINK_DECRYPT_KEY_FILE',
  'PARTNER_RETURN_ORIGINS',
  'PARTNER_API_KEYS',
  'EMBED_ORIGINS',
  'WEBHOOKS_FILE',
  'WEBHOOK_STALLED_MS',
  'WALLET_ID_ROOTS_FILE',
];

/** Returns those that are set. They replace the values of `.env.example` and of the sandbox. */
const readPartnerVariables = (): Record<string, string> =>
  Object.fromEntries(
    PARTNER_VARIABLES.flatMap((name) => {
      const value = process.env[name];
      return value ? [[name, value]] : [];
    }),
  );

function build(): void {
  console.log('Building the app …');
  const env = { ...process.env, NEXT_TELEMETRY_DISABLED: '1' };
  const result = spawnSync('npm', ['run', 'build'], { stdio: 'inherit', env });
  if (result.status !== 0 || !existsSync('.next/BUILD_ID')) process.exit(result.status ?? 1);
}

/** Prints the app's log without the framework's banner, whose address is not the app's origin. */
function showLog(text: string): void {
  for (const line of text.split('\n')) if (/^{|error/i.test(line)) process.stderr.write(styleText('dim', `${line}\n`));
}

async function main(): Promise<void> {
  const isDevelopment = process.argv.includes('--dev');
  if (!isDevelopment) build();
  console.log('Starting the sandbox and the app …');
  let stack: Stack | undefined;
  let isShuttingDown = false;
  const shutDown = async () => {
    if (isShuttingDown) return;
    isShuttingDown = true;
    console.log('\nStopping …');
    await stack?.stop();
    process.exit(0);
  };
  process.on('SIGINT', shutDown);
  process.on('SIGTERM', shutDown);
  const folder = mkdtempSync(join(tmpdir(), 'front-door-documents-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  const documents = await writeSampleDocuments(folder);
  stack = await startStack({
    ports: 'demo',
    env: { WALLET_ID_ROOTS_FILE: documents.walletRoots, ...readPartnerVariables() },
    isDevelopment,
    hasWebhooks: true,
    onOutput: showLog,
  });
  console.log(`\n  Open ${styleText('bold', stack.origins.app)}\n${SAMPLE}
    CURP code       ${documents.curp}
    Licence code    ${documents.licence}

  A partner's site that sends customers here and shows how it ended: ${stack.origins['partner']}
  The agents' console: ${stack.origins.app}/es/assist

  Ctrl-C stops everything.`);
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exit(1);
});
