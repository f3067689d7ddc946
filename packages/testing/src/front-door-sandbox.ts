#!/usr/bin/env node
/**
 * `front-door-sandbox` starts the stand-ins for a front door that runs elsewhere, on this machine, and prints where they answer,
 * the environment of the front door and that of the tests. SIGINT and SIGTERM end all of it.
 */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createPartnerKeys } from '../../../e2e/support/partner-keys.ts';
import { Processes } from '../../../e2e/support/processes.ts';
import { getAppVariables, getSandboxEnv, NO_LIMITS, PARTNER_API_KEY } from '../../../e2e/support/stack.ts';
import { getSandboxPorts, startSandbox } from '../../../e2e/support/stand-ins.ts';
import type { RunningFrontDoor } from './front-door.ts';

const DEFAULT_ORIGIN = 'http://localhost:3000';

/** Returns `NAME=value` lines as a shell and `docker --env-file` read them. No value here has a space or a quote. */
const formatVariables = (variables: Record<string, string | undefined>) =>
  Object.entries(variables).flatMap(([name, value]) => (value ? [`${name}=${value}`] : []));

async function main(): Promise<void> {
  const { origin } = new URL(process.env['FRONT_DOOR_URL'] ?? DEFAULT_ORIGIN);
  const processes = new Processes();
  const keys = createPartnerKeys();
  let isStopping = false;
  const stop = async (code: number) => {
    if (isStopping) return;
    isStopping = true;
    await processes.stop();
    rmSync(keys.folder, { recursive: true, force: true });
    process.exit(code);
  };
  process.on('SIGINT', () => stop(0));
  process.on('SIGTERM', () => stop(0));
  try {
    const ports = await getSandboxPorts('front-door-sandbox');
    const sandbox = await startSandbox(processes, { ...ports, ...getSandboxEnv(origin, keys.sandbox) });
    const file = join(keys.folder, 'sandbox.json');
    const frontDoor: RunningFrontDoor = {
      origin,
      linkKeys: { origin, ...keys.link },
      statusApi: { origin, apiKey: PARTNER_API_KEY },
      webhookSecret: keys.webhookSecret,
      sandbox,
    };
    writeFileSync(file, JSON.stringify(frontDoor), { mode: 0o600 });
    const webhooks = keys.writeWebhooksFile(`${sandbox['partner']}/events`);
    const lines = [
      '# The sandbox answers. Ctrl-C ends it.',
      ...Object.entries(sandbox).map(([name, address]) => `#   ${name} ${address}`),
      '# The environment of the front door:',
      ...formatVariables({ ...getAppVariables(origin, sandbox), ...NO_LIMITS, ...keys.app, ...webhooks }),
      '# The environment of the tests:',
      ...formatVariables({ FRONT_DOOR_URL: origin, FRONT_DOOR_SANDBOX: file }),
    ];
    process.stdout.write(`${lines.join('\n')}\n`);
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    await stop(1);
  }
}

await main();
