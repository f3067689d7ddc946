import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { expect, test } from '@playwright/test';
import { Client } from 'pg';
import { Applicant } from '../../support/http-applicant.ts';
import { operate } from '../../support/operate.ts';
import { beginCase, signIn } from '../../support/pages/agent.ts';
import { JourneyPage, words } from '../../support/pages/journey-page.ts';
import { startPostgres } from '../../support/postgres.ts';
import { raasAt } from '../../support/sandbox-control.ts';
import { startStack } from '../../support/stack.ts';

// The restore drill (`npm run drill`): a backup, an empty machine, and everything is there and goes on.

/** How many rows each table has. */
async function countsOf(url: string): Promise<Record<string, number>> {
  const client = new Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ name: string }>(
    "select table_name as name from information_schema.tables where table_schema = 'public' order by 1",
  );
  const counts: Record<string, number> = {};
  for (const { name } of rows) {
    const found = await client.query<{ count: string }>(`select count(*) from "${name}"`);
    counts[name] = Number(found.rows[0]?.count);
  }
  await client.end();
  return counts;
}

/** What the operators' command says of the audit. */
async function verify(url: string): Promise<string> {
  const example = parseEnv(readFileSync('.env.example', 'utf8'));
  const { status, stdout } = await operate('audit', ['verify'], { ...example, DATABASE_URL: url });
  expect(status).toBe(0);
  return stdout;
}

test('backup, empty machine, serving: rows and audit are equal, and who had begun goes on', async ({ browser }) => {
  const before = await startPostgres();
  const first = await startStack({ ports: 'free', env: { DATABASE_URL: before.url, SHED_DELAY_MS: '60000' } });
  const { app } = first.origins;
  const people = Array.from({ length: 4 }, () => new Applicant(undefined, app));
  const [sent, waiting] = [people.slice(0, 2), people.slice(2)];
  for (const person of people) await person.fill(Number(new URL(app).port));
  for (const person of sent) expect((await person.submit(Number(new URL(app).port))).status).toBe(303);
  const desk = await (await browser.newContext({ baseURL: app })).newPage();
  await signIn(desk, 'ana');
  await beginCase(desk, '+525512340001');
  await new JourneyPage(desk).expectTitle(words.en.steps.identity.title);
  await desk.context().close();
  await first.stop();
  const [counts, head] = [await countsOf(before.url), await verify(before.url)];
  expect(counts).toMatchObject({ cases: 1, submissions: 2 });
  expect(head).toMatch(/^[1-9]\d* entries, whole\. Head: \d+ [0-9a-f]{64}\n$/);

  const folder = mkdtempSync(join(tmpdir(), 'front-door-drill-'));
  await before.backUp(join(folder, 'backup'));
  await before.stop();
  const after = await startPostgres({ backup: join(folder, 'backup') });
  expect(await countsOf(after.url)).toEqual(counts);
  expect(await verify(after.url)).toBe(head);

  const second = await startStack({ ports: 'free', env: { DATABASE_URL: after.url, SHED_DELAY_MS: '60000' } });
  const port = Number(new URL(second.origins.app).port);
  const raas = raasAt(() => second.origins['raasControl'] ?? '');
  for (const person of waiting) {
    const again = new Applicant(person.phone, second.origins.app);
    again.cookie = person.cookie;
    expect(await again.look(port)).toEqual({ view: 'review', isKept: true });
    expect((await again.submit(port)).status).toBe(303);
    expect(await raas.received(person.phone)).toHaveLength(1);
  }
  await second.stop();
  await after.stop();
  rmSync(folder, { recursive: true, force: true });
});
