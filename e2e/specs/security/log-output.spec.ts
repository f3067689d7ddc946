import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { expect, test } from '../../support/fixtures.ts';
import { findUnlistedLines } from '../../support/log-reader.ts';
import { signIn } from '../../support/pages/agent.ts';
import { JourneyPage } from '../../support/pages/journey-page.ts';
import { callAction, listServerActions } from '../../support/pages/server-actions.ts';
import { startPostgres } from '../../support/postgres.ts';
import { startStack } from '../../support/stack.ts';

const FORGED_LINE = '{"level":30,"event":"agent.signed-in","role":"compliance","shop":"forged"}';
/** How an encrypted value begins, and the words of a statement. */
const SECRET_PATTERN = /local\.[\w-]{20}|params|insert into|update "|select "|Failed query/i;

test('a stranger cannot write a line of the log', { tag: '@all' }, async ({ browser }) => {
  const folder = mkdtempSync(join(tmpdir(), 'front-door-output-'));
  let output = '';
  const stack = await startStack({
    ports: 'free',
    env: { DATA_DIR: folder },
    onOutput: (text) => {
      output += text;
    },
  });
  const { app } = stack.origins;
  const context = await browser.newContext({ baseURL: app });
  const headers = { origin: app, 'sec-fetch-site': 'same-origin' };
  for (const name of listServerActions().keys()) {
    const args = [`$n1x\n${FORGED_LINE}\n`];
    const answer = await callAction(context.request, name, { path: '/en/onboarding/identity', args, headers });
    // 409: an action that this page does not have.
    expect([400, 409], name).toContain(answer.status());
  }
  await signIn(await context.newPage(), 'ana');
  const oddQuery = encodeURIComponent(`x\n${FORGED_LINE}\n\0`);
  for (const path of [
    `take-over/${oddQuery}/progress`,
    `take-over/${oddQuery}`,
    `cases/${oddQuery}/identity`,
    `cases/${oddQuery}/progress`,
  ])
    expect((await context.request.get(`/en/assist/${path}`)).status()).toBeLessThan(500);
  await context.close();
  await stack.stop();
  rmSync(folder, { recursive: true, force: true });
  expect(output).not.toContain('forged');
  expect(output).not.toContain('request.failed');
  expect(findUnlistedLines(output)).toEqual([]);
});

test('while the database takes no writes, and when it is gone, the output holds neither statements nor values', {
  tag: '@all',
}, async ({ browser }) => {
  const folder = mkdtempSync(join(tmpdir(), 'front-door-output-'));
  const postgres = await startPostgres();
  let output = '';
  const stack = await startStack({
    ports: 'free',
    env: { DATABASE_URL: postgres.url, DATA_DIR: folder, RECONCILE_EVERY_MS: '200' },
    onOutput: (text) => {
      output += text;
    },
  });
  const { app } = stack.origins;
  const customer = await browser.newContext({ baseURL: app, javaScriptEnabled: false });
  const page = await customer.newPage();
  const journey = new JourneyPage(page);
  await page.goto('/en/onboarding/identity');
  await journey.goToReviewWithWallet('+525512345678');
  const agent = await (await browser.newContext({ baseURL: app })).newPage();
  await signIn(agent, 'ana');

  const client = new Client({ connectionString: postgres.ownerUrl });
  await client.connect();
  await client.query('alter system set default_transaction_read_only = on');
  await client.query('select pg_reload_conf()');
  await client.query(`select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid()`);
  await client.end();
  await journey.submit();
  await page.goto('/en/onboarding/identity');
  await journey.continue();
  await agent.goto(`${app}/en/assist`);
  await agent.request.post(`${app}/assist/lock`, {
    headers: { origin: app },
    multipart: { path: '/en/assist' },
  });
  await postgres.stop();
  await page.goto('/en/onboarding/identity');
  await agent.goto(`${app}/en/assist`);
  await customer.close();
  await agent.context().close();
  await stack.stop();
  rmSync(folder, { recursive: true, force: true });

  expect(output).toMatch(/StoreError 25006/);
  expect(output).toContain('request.failed');
  expect(output).not.toMatch(SECRET_PATTERN);
  expect(findUnlistedLines(output)).toEqual([]);
});
