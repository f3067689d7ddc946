import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import type { Server } from 'node:http';
import { parseEnv } from 'node:util';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startHttpServer } from '../../../e2e/support/http-server.ts';
import { getFreePorts } from '../../../e2e/support/stand-ins.ts';
import { startFrontDoor } from './front-door.ts';

/** In the place of a front door that runs elsewhere. */
let frontDoor: { server: Server; origin: string };

beforeAll(async () => {
  frontDoor = await startHttpServer((_, response) => response.end());
});
afterAll(() => {
  frontDoor.server.close();
  vi.unstubAllEnvs();
});

test('the sandbox answers where its command says, tests find it with the lines that it prints, and SIGTERM ends it', {
  timeout: 120_000,
}, async () => {
  const command = spawn(process.execPath, ['packages/testing/src/front-door-sandbox.ts'], {
    env: { ...process.env, ...getFreePorts(), FRONT_DOOR_URL: frontDoor.origin },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exit = once(command, 'exit');
  let output = '';
  for await (const chunk of command.stdout) {
    output += chunk;
    if (/^FRONT_DOOR_SANDBOX=.*\n/m.test(output)) break;
  }
  const origins = Object.fromEntries(
    [...output.matchAll(/^# {3}(\w+) (\S+)$/gm)].map(([, name = '', origin = '']) => [name, origin] as const),
  );
  expect(Object.keys(origins)).toEqual(
    expect.arrayContaining(['raas', 'links', 'raasControl', 'maps', 'vgs', 'partner', 'partnerControl', 'idp']),
  );
  for (const origin of Object.values(origins)) expect((await fetch(origin)).status).toBeLessThan(500);

  const variables = parseEnv(output);
  expect(variables).toMatchObject({
    APP_ORIGIN: frontDoor.origin,
    RAAS_BASE_URL: `${origins['raas']}/v1`,
    GOOGLE_MAPS_API_URL: origins['maps'],
    VGS_COLLECT_URL: origins['vgs'],
    OIDC_ISSUER: origins['idp'],
    FRONT_DOOR_URL: frontDoor.origin,
  });
  const files = [
    'PARTNER_LINK_VERIFY_KEY_FILE',
    'PARTNER_LINK_DECRYPT_KEY_FILE',
    'WEBHOOKS_FILE',
    'FRONT_DOOR_SANDBOX',
  ];
  for (const name of files) expect(existsSync(variables[name] ?? '')).toBe(true);

  vi.stubEnv('FRONT_DOOR_URL', variables['FRONT_DOOR_URL']);
  vi.stubEnv('FRONT_DOOR_SANDBOX', variables['FRONT_DOOR_SANDBOX']);
  expect(await startFrontDoor()).toMatchObject({ origin: frontDoor.origin, sandbox: origins });
  await expect(startFrontDoor({ env: { BRAND_FILE: 'brand.json' } })).rejects.toThrow('environment variables');
  await expect(startFrontDoor({ url: 'http://127.0.0.1:1' })).rejects.toThrow(`was started for ${frontDoor.origin}`);

  command.kill('SIGTERM');
  expect(await exit).toEqual([0, null]);
  for (const origin of Object.values(origins)) await expect(fetch(origin)).rejects.toThrow();
  for (const name of files) expect(existsSync(variables[name] ?? '')).toBe(false);
});
