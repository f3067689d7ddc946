import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { expect, test } from '@playwright/test';
import { Client } from 'pg';
import { createRaasControl } from '../../support/control-client.ts';
import { HttpApplicant } from '../../support/http-applicant.ts';
import { agentMessages, signIn, startCase } from '../../support/pages/agent.ts';
import { JourneyPage } from '../../support/pages/journey-page.ts';
import { startPostgres } from '../../support/postgres.ts';
import { runOperatorCommand } from '../../support/run-operator-command.ts';
import { startStack } from '../../support/stack.ts';

// The restore drill (`npm run drill`): a backup, an empty machine, and everything is there and goes on.

/** How many rows each table has. */
async function countRows(url: string): Promise<Record<string, number>> {
  const client = new Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ name: string }>(
    "select table_name as name from information_schema.tables where table_schema = 'public' order by 1",
  );
  const counts: Record<string, number> = {};
  for (const { name } of rows) {
    const result = await client.query<{ count: string }>(`select count(*) from "${name}"`);
    counts[name] = Number(result.rows[0]?.count);
  }
  await client.end();
  return counts;
}

/** Returns the operators' command's output about the audit. */
async function verifyAudit(url: string): Promise<string> {
  const example = parseEnv(readFileSync('.env.example', 'utf8'));
  const { status, stdout } = await runOperatorCommand('audit', ['verify'], { ...example, DATABASE_URL: url });
  expect(status).toBe(0);
  return stdout;
}

test('backup, empty machine, serving: rows and audit are equal, and who had begun goes on', { tag: '@all' }, async ({
  browser,
}) => {
  const postgresBefore = await startPostgres();
  const first = await startStack({ ports: 'free', env: { DATABASE_URL: postgresBefore.url, SHED_DELAY_MS: '60000' } });
  const { app } = first.origins;
  const people = Array.from({ length: 4 }, () => new HttpApplicant(undefined, app));
  const [submittedPeople, waitingPeople] = [people.slice(0, 2), people.slice(2)];
  for (const person of people) await person.fill(Number(new URL(app).port));
  for (const person of submittedPeople) expect((await person.submit(Number(new URL(app).port))).status).toBe(303);
  const agentPage = await (await browser.newContext({ baseURL: app })).newPage();
  await signIn(agentPage, 'ana');
  await startCase(agentPage, '+525512340001');
  await new JourneyPage(agentPage).expectTitle(agentMessages.en.steps.identity.title);
  await agentPage.context().close();
  await first.stop();
  const [counts, auditHead] = [await countRows(postgresBefore.url), await verifyAudit(postgresBefore.url)];
  expect(counts).toMatchObject({ cases: 1, submissions: 2 });
  expect(auditHead).toMatch(/^[1-9]\d* entries, whole\. Head: \d+ [0-9a-f]{64}\n$/);

  const folder = mkdtempSync(join(tmpdir(), 'front-door-drill-'));
  await postgresBefore.backUp(join(folder, 'backup'));
  await postgresBefore.stop();
  const postgresAfter = await startPostgres({ backup: join(folder, 'backup') });
  expect(await countRows(postgresAfter.url)).toEqual(counts);
  expect(await verifyAudit(postgresAfter.url)).toBe(auditHead);

  const second = await startStack({ ports: 'free', env: { DATABASE_URL: postgresAfter.url, SHED_DELAY_MS: '60000' } });
  const port = Number(new URL(second.origins.app).port);
  const raas = createRaasControl(() => second.origins['raasControl'] ?? '');
  for (const person of waitingPeople) {
    const returningApplicant = new HttpApplicant(person.phone, second.origins.app);
    returningApplicant.cookie = person.cookie;
    expect(await returningApplicant.readState(port)).toEqual({ view: 'review', isKept: true });
    expect((await returningApplicant.submit(port)).status).toBe(303);
    expect(await raas.getSubmitRequests(person.phone)).toHaveLength(1);
  }
  await second.stop();
  await postgresAfter.stop();
  rmSync(folder, { recursive: true, force: true });
});
