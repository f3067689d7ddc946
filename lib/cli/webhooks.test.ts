import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { getStore } from '../store/store.ts';
import { runTestCommand } from '../store/test-command.ts';
import { setUpTestStore } from '../store/test-store.ts';

vi.mock('./run-command.ts', async () => (await import('../store/test-command.ts')).commandRunner);
await import('./webhooks.ts');

const folder = mkdtempSync(join(tmpdir(), 'front-door-webhooks-cli-'));
const file = join(folder, 'webhooks.json');
const secrets = [`whsec_${randomBytes(32).toString('base64')}`];
writeFileSync(file, JSON.stringify({ endpoints: [{ name: 'crm', url: 'http://127.0.0.1:1/hooks', secrets }] }));

setUpTestStore({ WEBHOOKS_FILE: file });
beforeAll(async () => void vi.spyOn(await getStore(), 'close').mockResolvedValue(undefined));
afterAll(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});

/** Creates an application whose first event has failed. @returns the event's id */
async function createFailedEvent(): Promise<string> {
  const { drafts, outbox } = await getStore();
  await drafts.create({ steps: {} });
  const [event] = await outbox.claimDue('crm', 1);
  if (!event) throw new Error('The configured endpoint got no event');
  await outbox.settle(event, 'failed', 'HTTP 500');
  return event.id;
}

test('an empty list says so', async () => {
  expect(await runTestCommand('list')).toEqual({ code: 0, output: 'Every event was delivered.' });
});

test('a failed event is listed, and due again by its id or with its endpoint, with an entry in the audit', async () => {
  const id = await createFailedEvent();
  expect((await runTestCommand('list')).output).toMatch(
    new RegExp(`failed {3}crm {2}application\\.started {2}attempts 1 {2}HTTP 500 {2}${id}$`),
  );
  expect(await runTestCommand('redeliver', id)).toEqual({ code: 0, output: 'Events that are sent again: 1' });
  const { outbox } = await getStore();
  const [again] = await outbox.claimDue('crm', 1);
  expect(again).toMatchObject({ id, attempt: 1 });
  if (again) await outbox.settle(again, 'failed', 'HTTP 500');
  expect((await runTestCommand('redeliver', '--failed', 'crm')).code).toBe(0);
  expect(await runTestCommand('redeliver', '--failed', 'crm')).toMatchObject({ code: 1 });
  expect(await runTestCommand('redeliver', 'msg_unknown')).toMatchObject({ code: 1 });
});

test.each([[[]], [['redeliver']], [['redeliver', '--failed']], [['redeliver', 'all']], [['delete']]])(
  '%j prints the usage',
  async (words) => {
    expect(await runTestCommand(...words)).toMatchObject({ code: 2, output: expect.stringContaining('Usage:') });
  },
);
