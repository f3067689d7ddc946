import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { Client } from 'pg';
import type { DrillRows } from '../../../lib/store/drill-rows.ts';
import { giveBlankStore } from '../../support/blank-store.ts';
import { Applicant } from '../../support/http-applicant.ts';
import { checkPages } from '../../support/key-rotation/console.ts';
import {
  checkDraftsAndLinks,
  checkNothingIsRepeated,
  checkReceivedIsSentOnce,
  serveDuring,
} from '../../support/key-rotation/customers.ts';
import { type Deployment, type KeyEnv, startDeployment } from '../../support/key-rotation/deployment.ts';
import { findUnlisted } from '../../support/log-reader.ts';
import { colleague } from '../../support/pages/agent.ts';
import { until } from '../../support/part.ts';
import { startPostgres } from '../../support/postgres.ts';
import { raasAt } from '../../support/sandbox-control.ts';

// The drill of a key rotation (`npm run rotation`), in the order of OPERATIONS.md, "Rotating `DATA_KEY`".

const ROWS = Number(process.env['ROTATION_ROWS'] ?? '20');
/** Each kind of encrypted value, with how many rows of it `drill-rows.ts` makes for each one that is asked for. */
const KINDS = { draft: 10, payload: 6, link: 1, case: 2, handover: 1, help: 1 };

test.setTimeout(180_000 + ROWS * 2_000);

/** What a test has started, in its order: a test that fails leaves no process behind. */
const stops: (() => Promise<void> | void)[] = [];
test.afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

/** Stops it in the end, and keeps what its processes printed with the report. */
function stopAfterTest({ stop, getOutput }: Deployment): void {
  stops.push(() => test.info().attach('output.txt', { body: getOutput(), contentType: 'text/plain' }), stop);
}

const makeKey = () => randomBytes(32).toString('base64');

/** The environments of the steps, from one without `HASH_KEY` on. */
function makeSteps() {
  const [old, current, other] = [makeKey(), makeKey(), makeKey()];
  return {
    secrets: [old, current, other],
    before: { DATA_KEY: old, HASH_KEY: '' },
    withHashKey: { DATA_KEY: old, HASH_KEY: old },
    newBehind: { DATA_KEY: `1:${old},2:${current}`, HASH_KEY: old },
    newInFront: { DATA_KEY: `2:${current},1:${old}`, HASH_KEY: old },
    newAlone: { DATA_KEY: `2:${current}`, HASH_KEY: old },
    withoutHashKey: { DATA_KEY: `1:${old},2:${current}`, HASH_KEY: '' },
    otherHashKey: { DATA_KEY: `1:${old},2:${current}`, HASH_KEY: other },
  };
}

/** What `npm run keys -- status` counts: rows by `<key id> <kind>`. */
async function readStatus({ operate }: Deployment, keys: KeyEnv): Promise<Map<string, number>> {
  const { status, stdout } = await operate(keys, 'keys', 'status');
  expect(status).toBe(0);
  const lines = stdout
    .trim()
    .split('\n')
    .map((line) => line.split(/\s+/));
  return new Map(lines.map(([keyId, kind, rows]) => [`${keyId} ${kind}`, Number(rows)]));
}

/** Every row is there and needs this key and no other. */
function expectRows(status: Map<string, number>, keyId: string): void {
  expect([...status.keys()].sort()).toEqual(
    Object.keys(KINDS)
      .map((kind) => `${keyId} ${kind}`)
      .sort(),
  );
  for (const [kind, times] of Object.entries(KINDS)) {
    expect(status.get(`${keyId} ${kind}`), kind).toBeGreaterThanOrEqual(times * ROWS);
  }
}

/** Nothing that any process printed holds a key, and servers printed nothing but events. */
function expectNoSecrets({ getOutput }: Deployment, secrets: readonly string[]): void {
  for (const secret of secrets) {
    const bytes = Buffer.from(secret, 'base64');
    for (const text of [secret, bytes.toString('base64url'), bytes.toString('hex')])
      expect(getOutput()).not.toContain(text);
  }
  const logged = getOutput()
    .split('\n')
    .filter((line) => line.startsWith('{"level"'));
  expect(findUnlisted(`${logged.join('\n')}\n`)).toEqual([]);
}

/** The operators' commands find what waits, and a person, who is erased. */
async function checkCommands({ operate }: Deployment, keys: KeyEnv, { people }: DrillRows): Promise<void> {
  const [parked, waiting, delivered] = [people.parked?.at(0), people.waiting?.at(0), people.succeeded?.at(0)];
  const reference = parked?.submissionId?.slice(0, 8).toUpperCase() ?? '';
  const list = await operate(keys, 'submissions', 'list');
  expect([list.status, list.stderr]).toEqual([0, '']);
  expect(list.stdout).not.toContain('unreadable');
  const show = await operate(keys, 'submissions', 'show', reference);
  expect(show.stdout).toMatch(new RegExp(`^${reference}  parked`));
  const erase = async (phone = '') => {
    const { status, stdout } = await operate(keys, 'privacy', 'erase', phone);
    return [status, stdout.replace(/\s+/g, ' ')];
  };
  expect(await erase(waiting?.phone)).toEqual([0, expect.stringContaining('cases: 1, drafts: 1')]);
  expect(await erase(delivered?.phone)).toEqual([0, expect.stringContaining('drafts: 1, submissions: 1')]);
  expect(await erase(parked?.phone)).toEqual([1, expect.stringContaining('held: 1, unreadable: 0')]);
  expect((await operate(keys, 'audit', 'verify')).stdout).toMatch(/^\d+ entries, whole/);
}

test('two servers on Postgres: a rotation in its order loses no row, repeats no submission and stops no page', async ({
  browser,
}) => {
  const postgres = await startPostgres();
  stops.push(postgres.stop);
  const query = async (sql: string, values: unknown[] = []) => {
    const client = new Client({ connectionString: postgres.ownerUrl });
    await client.connect();
    await client.query(sql, values).finally(() => client.end());
  };
  const keys = makeSteps();
  const deployment = await startDeployment({ DATABASE_URL: postgres.url });
  stopAfterTest(deployment);
  const raas = raasAt(() => deployment.raasControl);
  await deployment.start(keys.before, 2);
  const rows = await deployment.runJson<DrillRows>(keys.before, 'lib/store/drill-rows.ts', String(ROWS));
  const [first = 0, second = 0] = deployment.getPorts();
  const desk = await colleague(browser, deployment.app, 'ana');
  await desk.goto('about:blank'); // a page of the console would lock itself after two minutes
  const [linked, lost] = [new Applicant(undefined, deployment.app), new Applicant(undefined, deployment.app)];
  for (const person of [linked, lost]) await person.fill(first);
  await raas.next(lost.phone, { status: 500, done: true });
  const { location: link } = await linked.submit(first);
  await lost.submit(second);
  expect(await lost.look(first)).toMatchObject({ view: 'checking' });
  expectRows(await readStatus(deployment, keys.before), '1');

  // As from a version that registered no keys: the first start looks through the rows.
  await deployment.stopServers();
  await query('delete from required_keys');
  const wrong = [keys.withoutHashKey, keys.otherHashKey, keys.newAlone];
  expect(await Promise.all(wrong.map(deployment.findRefusal))).toEqual([
    expect.stringMatching(/environment: HASH_KEY$/),
    expect.stringMatching(/environment: HASH_KEY \(it is not the key/),
    expect.stringMatching(/environment: DATA_KEY \(.*key "1", which is missing\)$/),
  ]);

  await deployment.start(keys.withHashKey, 2);
  await deployment.restart(keys.newBehind);
  await deployment.restart(keys.newInFront, async () => {
    const [newFirst = 0, oldFirst = 0] = deployment.getPorts();
    const people = [new Applicant(undefined, deployment.app), new Applicant(undefined, deployment.app)] as const;
    await people[0].fill(newFirst);
    await people[1].fill(oldFirst);
    expect(await people[0].look(oldFirst)).toEqual({ view: 'review', isKept: true });
    expect(await people[1].look(newFirst)).toEqual({ view: 'review', isKept: true });
  });
  expect(await deployment.findRefusal(keys.newAlone)).toMatch(/DATA_KEY \(.*key "1", which is missing\)$/);
  const incomplete = await deployment.operate(keys.newAlone, 'keys', 'reencrypt');
  expect([incomplete.status, incomplete.stderr]).toEqual([1, expect.stringContaining('still need another key')]);

  const { result, served } = await serveDuring(deployment, rows.people.waiting ?? [], () =>
    deployment.operate(keys.newInFront, 'keys', 'reencrypt'),
  );
  expect([result.status, result.stderr]).toEqual([0, '']);
  expect(served).toBeGreaterThan(0);
  expectRows(await readStatus(deployment, keys.newInFront), '2');

  await deployment.restart(keys.newAlone);
  const [port = 0] = deployment.getPorts();
  await checkPages(browser, deployment, desk, rows);
  await checkDraftsAndLinks(deployment, rows);
  await checkNothingIsRepeated(deployment, rows);
  await checkReceivedIsSentOnce(deployment, rows);
  expect((await linked.post(port, 'outcome', [])).location).toBe(link);
  // The reconciler finds the person of a lost answer by the request that it decrypts.
  await query(
    `update submissions set lease_until = now() where state = 'ambiguous' and lease_until < now() + '1 hour'::interval`,
  );
  const settled = await until(30_000, async () => ((await lost.look(port)).view === 'succeeded' ? true : undefined));
  expect(settled).toBe(true);
  expect((await raas.received(lost.phone)).length).toBe(1);
  await checkCommands(deployment, keys.newAlone, rows);
  expect((await deployment.operate(keys.newAlone, 'keys', 'give-up', '1')).status).toBe(1);
  expectNoSecrets(deployment, keys.secrets);
  await desk.context().close();
});

test('the embedded database: the same order with its server stopped, and a key that is lost is given up', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'front-door-rotation-'));
  giveBlankStore(folder);
  const keys = makeSteps();
  stops.push(() => rmSync(folder, { recursive: true, force: true }));
  const deployment = await startDeployment({ DATA_DIR: folder });
  stopAfterTest(deployment);
  const rows = await deployment.runJson<DrillRows>(keys.before, 'lib/store/drill-rows.ts', String(ROWS));
  await deployment.start(keys.before, 1);
  const linked = new Applicant(undefined, deployment.app);
  await linked.fill(deployment.getPorts()[0] ?? 0);
  const { location: link } = await linked.submit(deployment.getPorts()[0] ?? 0);
  await deployment.restart(keys.newInFront);
  await deployment.stopServers();
  expectRows(await readStatus(deployment, keys.newInFront), '1');
  expect(await deployment.findRefusal(keys.newAlone)).toMatch(/DATA_KEY \(.*key "1", which is missing\)$/);
  expect((await deployment.operate(keys.newInFront, 'keys', 'reencrypt')).status).toBe(0);
  expectRows(await readStatus(deployment, keys.newInFront), '2');
  await deployment.start(keys.newAlone, 1);
  await checkDraftsAndLinks(deployment, rows);
  await checkNothingIsRepeated(deployment, rows);
  await checkReceivedIsSentOnce(deployment, rows);
  expect((await linked.post(deployment.getPorts()[0] ?? 0, 'outcome', [])).location).toBe(link);
  await deployment.stopServers();

  // The new key is lost.
  const lost = { ...keys.newAlone, DATA_KEY: `3:${makeKey()}` };
  expect(await deployment.findRefusal(lost)).toMatch(/DATA_KEY \(.*key "2", which is missing\)$/);
  expect((await deployment.operate(lost, 'keys', 'status')).status).toBe(1);
  expect((await deployment.operate(lost, 'keys', 'give-up', '1')).status).toBe(1);
  expect((await deployment.operate(lost, 'keys', 'give-up', '2')).status).toBe(0);
  const list = await deployment.operate(lost, 'submissions', 'list');
  expect([list.status, list.stdout]).toEqual([0, expect.stringMatching(/^[0-9A-F]{8} .* unreadable: payload/)]);
  expect(list.stderr).toContain('npm run keys -- status');
  expectNoSecrets(deployment, keys.secrets);
});
