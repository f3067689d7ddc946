import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { Client } from 'pg';
import { copyBlankStore } from '../../support/blank-store.ts';
import { createRaasControl } from '../../support/control-client.ts';
import { HttpApplicant } from '../../support/http-applicant.ts';
import { checkPages } from '../../support/key-rotation/console.ts';
import {
  checkDraftsAndLinks,
  checkNothingIsRepeated,
  checkReceivedIsSentOnce,
  serveDuring,
} from '../../support/key-rotation/customers.ts';
import { type Deployment, type KeyEnv, startDeployment } from '../../support/key-rotation/deployment.ts';
import type { SeedRows } from '../../support/key-rotation/seed-rows.ts';
import { findUnlistedLines } from '../../support/log-reader.ts';
import { openAgentPage } from '../../support/pages/agent.ts';
import { startPostgres } from '../../support/postgres.ts';
import { waitUntil } from '../../support/run-helpers.ts';

// The drill of a key rotation (`npm run rotation`), in the order of docs/operations.md#rotate-data_key.

const ROWS = Number(process.env['ROTATION_ROWS'] ?? '20');
/** Each kind of encrypted value, with how many rows of it `drill-rows.ts` makes for each one that is asked for. */
const KINDS = { draft: 10, payload: 6, link: 1, case: 2, handover: 1, help: 1 };

test.setTimeout(180_000 + ROWS * 2_000);

/** Processes of a test, in the order of their start: a failing test leaves none behind. */
const cleanUps: (() => Promise<void> | void)[] = [];
test.afterEach(async () => {
  for (const stop of cleanUps.splice(0).reverse()) await stop();
});

/** Stops it in the end, and keeps what its processes printed with the report. */
function stopAfterTest({ stop, getOutput }: Deployment): void {
  cleanUps.push(() => test.info().attach('output.txt', { body: getOutput(), contentType: 'text/plain' }), stop);
}

const createKey = () => randomBytes(32).toString('base64');

/** The environments of the steps, from one without `HASH_KEY` on. */
function createKeySteps() {
  const [oldKey, currentKey, otherKey] = [createKey(), createKey(), createKey()];
  return {
    secrets: [oldKey, currentKey, otherKey],
    before: { DATA_KEY: oldKey, HASH_KEY: '' },
    withHashKey: { DATA_KEY: oldKey, HASH_KEY: oldKey },
    newBehind: { DATA_KEY: `1:${oldKey},2:${currentKey}`, HASH_KEY: oldKey },
    newInFront: { DATA_KEY: `2:${currentKey},1:${oldKey}`, HASH_KEY: oldKey },
    newAlone: { DATA_KEY: `2:${currentKey}`, HASH_KEY: oldKey },
    withoutHashKey: { DATA_KEY: `1:${oldKey},2:${currentKey}`, HASH_KEY: '' },
    otherHashKey: { DATA_KEY: `1:${oldKey},2:${currentKey}`, HASH_KEY: otherKey },
  };
}

/** Rows that `npm run keys -- status` counts, by `<key id> <kind>`. */
async function readStatus({ runCommand }: Deployment, keys: KeyEnv): Promise<Map<string, number>> {
  const { status, stdout } = await runCommand(keys, 'keys', 'status');
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
  expect(findUnlistedLines(`${logged.join('\n')}\n`)).toEqual([]);
}

/** The operators' commands find what waits, and a person, who is erased. */
async function checkCommands({ runCommand }: Deployment, keys: KeyEnv, { people }: SeedRows): Promise<void> {
  const [parkedPerson, waitingPerson, deliveredPerson] = [
    people.parked?.at(0),
    people.waiting?.at(0),
    people.succeeded?.at(0),
  ];
  const reference = parkedPerson?.submissionId?.slice(0, 8).toUpperCase() ?? '';
  const listedSubmissions = await runCommand(keys, 'submissions', 'list');
  expect([listedSubmissions.status, listedSubmissions.stderr]).toEqual([0, '']);
  expect(listedSubmissions.stdout).not.toContain('unreadable');
  const shownSubmission = await runCommand(keys, 'submissions', 'show', reference);
  expect(shownSubmission.stdout).toMatch(new RegExp(`^${reference}  parked`));
  const erasePhone = async (phone = '') => {
    const { status, stdout } = await runCommand(keys, 'privacy', 'erase', phone);
    return [status, stdout.replace(/\s+/g, ' ')];
  };
  expect(await erasePhone(waitingPerson?.phone)).toEqual([0, expect.stringContaining('cases: 1, drafts: 1')]);
  expect(await erasePhone(deliveredPerson?.phone)).toEqual([0, expect.stringContaining('drafts: 1, submissions: 1')]);
  expect(await erasePhone(parkedPerson?.phone)).toEqual([1, expect.stringContaining('held: 1, unreadable: 0')]);
  expect((await runCommand(keys, 'audit', 'verify')).stdout).toMatch(/^\d+ entries, whole/);
}

test('two servers on Postgres: a rotation in its order loses no row, repeats no submission and stops no page', {
  tag: '@all',
}, async ({ browser }) => {
  const postgres = await startPostgres();
  cleanUps.push(postgres.stop);
  const query = async (sql: string, values: unknown[] = []) => {
    const client = new Client({ connectionString: postgres.ownerUrl });
    await client.connect();
    await client.query(sql, values).finally(() => client.end());
  };
  const keys = createKeySteps();
  const deployment = await startDeployment({ DATABASE_URL: postgres.url });
  stopAfterTest(deployment);
  const raas = createRaasControl(() => deployment.raasControl);
  await deployment.start(keys.before, 2);
  const rows = await deployment.runJson<SeedRows>(keys.before, 'e2e/support/key-rotation/seed-rows.ts', String(ROWS));
  const [firstPort = 0, secondPort = 0] = deployment.getPorts();
  const agentPage = await openAgentPage(browser, deployment.app, 'ana');
  await agentPage.goto('about:blank'); // a page of the console would lock itself after two minutes
  const [linkedApplicant, lostApplicant] = [
    new HttpApplicant(undefined, deployment.app),
    new HttpApplicant(undefined, deployment.app),
  ];
  for (const person of [linkedApplicant, lostApplicant]) await person.fill(firstPort);
  await raas.setNextAnswer(lostApplicant.phone, { status: 500, done: true });
  const { location: link } = await linkedApplicant.submit(firstPort);
  await lostApplicant.submit(secondPort);
  expect(await lostApplicant.readState(firstPort)).toMatchObject({ view: 'checking' });
  expectRows(await readStatus(deployment, keys.before), '1');

  // As from a version that registered no keys: the first start looks through the rows.
  await deployment.stopServers();
  await query('delete from required_keys');
  const wrongKeys = [keys.withoutHashKey, keys.otherHashKey, keys.newAlone];
  expect(await Promise.all(wrongKeys.map(deployment.findBootError))).toEqual([
    expect.stringMatching(/environment: HASH_KEY$/),
    expect.stringMatching(/environment: HASH_KEY \(it is not the key/),
    expect.stringMatching(/environment: DATA_KEY \(.*key "1", which is missing\)$/),
  ]);

  await deployment.start(keys.withHashKey, 2);
  await deployment.restart(keys.newBehind);
  await deployment.restart(keys.newInFront, async () => {
    const [newKeyPort = 0, oldKeyPort = 0] = deployment.getPorts();
    const people = [
      new HttpApplicant(undefined, deployment.app),
      new HttpApplicant(undefined, deployment.app),
    ] as const;
    await people[0].fill(newKeyPort);
    await people[1].fill(oldKeyPort);
    expect(await people[0].readState(oldKeyPort)).toEqual({ view: 'review', isKept: true });
    expect(await people[1].readState(newKeyPort)).toEqual({ view: 'review', isKept: true });
  });
  expect(await deployment.findBootError(keys.newAlone)).toMatch(/DATA_KEY \(.*key "1", which is missing\)$/);
  const incompleteRun = await deployment.runCommand(keys.newAlone, 'keys', 'reencrypt');
  expect([incompleteRun.status, incompleteRun.stderr]).toEqual([1, expect.stringContaining('still need another key')]);

  const { result, served } = await serveDuring(deployment, rows.people.waiting ?? [], () =>
    deployment.runCommand(keys.newInFront, 'keys', 'reencrypt'),
  );
  expect([result.status, result.stderr]).toEqual([0, '']);
  expect(served).toBeGreaterThan(0);
  expectRows(await readStatus(deployment, keys.newInFront), '2');

  await deployment.restart(keys.newAlone);
  const [port = 0] = deployment.getPorts();
  await checkPages(browser, deployment, agentPage, rows);
  await checkDraftsAndLinks(deployment, rows);
  await checkNothingIsRepeated(deployment, rows);
  await checkReceivedIsSentOnce(deployment, rows);
  expect((await linkedApplicant.post(port, 'outcome', [])).location).toBe(link);
  // The reconciler finds the person of a lost answer by the request that it decrypts.
  await query(
    `update submissions set lease_until = now() where state = 'ambiguous' and lease_until < now() + '1 hour'::interval`,
  );
  const finalView = await waitUntil(30_000, async () =>
    (await lostApplicant.readState(port)).view === 'succeeded' ? true : undefined,
  );
  expect(finalView).toBe(true);
  expect((await raas.getSubmitRequests(lostApplicant.phone)).length).toBe(1);
  await checkCommands(deployment, keys.newAlone, rows);
  expect((await deployment.runCommand(keys.newAlone, 'keys', 'give-up', '1')).status).toBe(1);
  expectNoSecrets(deployment, keys.secrets);
  await agentPage.context().close();
});

test('the embedded database: the same order with its server stopped, and a key that is lost is given up', {
  tag: '@all',
}, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'front-door-rotation-'));
  copyBlankStore(folder);
  const keys = createKeySteps();
  cleanUps.push(() => rmSync(folder, { recursive: true, force: true }));
  const deployment = await startDeployment({ DATA_DIR: folder });
  stopAfterTest(deployment);
  const rows = await deployment.runJson<SeedRows>(keys.before, 'e2e/support/key-rotation/seed-rows.ts', String(ROWS));
  await deployment.start(keys.before, 1);
  const linkedApplicant = new HttpApplicant(undefined, deployment.app);
  await linkedApplicant.fill(deployment.getPorts()[0] ?? 0);
  const { location: link } = await linkedApplicant.submit(deployment.getPorts()[0] ?? 0);
  await deployment.restart(keys.newInFront);
  await deployment.stopServers();
  expectRows(await readStatus(deployment, keys.newInFront), '1');
  expect(await deployment.findBootError(keys.newAlone)).toMatch(/DATA_KEY \(.*key "1", which is missing\)$/);
  expect((await deployment.runCommand(keys.newInFront, 'keys', 'reencrypt')).status).toBe(0);
  expectRows(await readStatus(deployment, keys.newInFront), '2');
  await deployment.start(keys.newAlone, 1);
  await checkDraftsAndLinks(deployment, rows);
  await checkNothingIsRepeated(deployment, rows);
  await checkReceivedIsSentOnce(deployment, rows);
  expect((await linkedApplicant.post(deployment.getPorts()[0] ?? 0, 'outcome', [])).location).toBe(link);
  await deployment.stopServers();

  // The new key is lost.
  const lostKeys = { ...keys.newAlone, DATA_KEY: `3:${createKey()}` };
  expect(await deployment.findBootError(lostKeys)).toMatch(/DATA_KEY \(.*key "2", which is missing\)$/);
  expect((await deployment.runCommand(lostKeys, 'keys', 'status')).status).toBe(1);
  expect((await deployment.runCommand(lostKeys, 'keys', 'give-up', '1')).status).toBe(1);
  expect((await deployment.runCommand(lostKeys, 'keys', 'give-up', '2')).status).toBe(0);
  const listedSubmissions = await deployment.runCommand(lostKeys, 'submissions', 'list');
  expect([listedSubmissions.status, listedSubmissions.stdout]).toEqual([
    0,
    expect.stringMatching(/^[0-9A-F]{8} .* unreadable: payload/),
  ]);
  expect(listedSubmissions.stderr).toContain('npm run keys -- status');
  expectNoSecrets(deployment, keys.secrets);
});
