import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '../../support/fixtures.ts';
import { createJunkRequests } from '../../support/hostile-requests/requests.ts';
import { sendRawRequest } from '../../support/hostile-requests/send-raw-request.ts';
import { signIn } from '../../support/pages/agent.ts';
import { startStack } from '../../support/stack.ts';
import { runInLanes } from '../../support/test-environment.ts';

const REQUEST_COUNT = Number(process.env['JUNK_COUNT'] ?? 1_500);
const SEED = Number(process.env['JUNK_SEED'] ?? 1);

test('junk from anybody is answered with less than 500 and raises no alarm', { tag: '@all' }, async ({ browser }) => {
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
  const junk = createJunkRequests({ seed: SEED, count: REQUEST_COUNT, origin: app, cookies });
  const failures: string[] = [];
  await runInLanes(8, junk, async (request) => {
    const status = await sendRawRequest(server, new URL(app).host, request);
    if (status === undefined || status >= 500) failures.push(`${status} ${JSON.stringify(request).slice(0, 600)}`);
  });
  expect(failures).toEqual([]);
  expect(output).not.toMatch(/request\.failed|server\.failed/);
  await context.close();
  await stack.stop();
  rmSync(folder, { recursive: true, force: true });
});
