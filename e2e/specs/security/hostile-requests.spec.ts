import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '../../support/fixtures.ts';
import { askRaw } from '../../support/hostile-requests/ask.ts';
import { makeJunk } from '../../support/hostile-requests/requests.ts';
import { signIn } from '../../support/pages/agent.ts';
import { startStack } from '../../support/stack.ts';
import { inLanes } from '../../support/test-environment.ts';

const COUNT = Number(process.env['JUNK_COUNT'] ?? 1_500);
const SEED = Number(process.env['JUNK_SEED'] ?? 1);

test('junk from anybody is answered with less than 500 and raises no alarm', async ({ browser }) => {
  const folder = mkdtempSync(join(tmpdir(), 'front-door-junk-'));
  let output = '';
  const onOutput = (text: string) => {
    output += text;
  };
  const stack = await startStack({ ports: 'free', env: { DATA_DIR: folder, SHED_DELAY_MS: '60000' }, onOutput });
  const { app } = stack.origins;
  const context = await browser.newContext({ baseURL: app });
  await signIn(await context.newPage(), 'ana');
  const cookies = [(await context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ')];
  const server = new URL(stack.origins['server'] ?? '');
  const junk = makeJunk({ seed: SEED, count: COUNT, origin: app, cookies });
  const wrong: string[] = [];
  await inLanes(8, junk, async (request) => {
    const status = await askRaw(server, new URL(app).host, request);
    if (status === undefined || status >= 500) wrong.push(`${status} ${JSON.stringify(request).slice(0, 600)}`);
  });
  expect(wrong).toEqual([]);
  expect(output).not.toMatch(/request\.failed|server\.failed/);
  await context.close();
  await stack.stop();
  rmSync(folder, { recursive: true, force: true });
});
