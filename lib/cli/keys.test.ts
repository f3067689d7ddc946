import { randomBytes } from 'node:crypto';
import { beforeEach, expect, test, vi } from 'vitest';
import { createDataKey, createKeys, type DataKey } from '../crypto/encryption.ts';
import { createDraftRepository } from '../store/drafts.ts';
import { runTestCommand } from '../store/test-command.ts';
import { getTestDatabase, setUpTestDatabase } from '../store/test-store.ts';

vi.mock('./run-command.ts', async () => (await import('../store/test-command.ts')).commandRunner);
vi.mock('../store/store.ts', async () => {
  const { getTestDatabase: getDatabase } = await import('../store/test-store.ts');
  return { openConfiguredDatabase: async () => getDatabase(), getStore: async () => ({}) };
});
const configured: { data: readonly [DataKey, ...DataKey[]] | undefined } = vi.hoisted(() => ({ data: undefined }));
vi.mock('../config/env.ts', () => ({ getKeys: () => getKeys() }));
await import('./keys.ts');

setUpTestDatabase();

const HASH_KEY = createDataKey('hash', randomBytes(32));
const OLD = createDataKey('old', randomBytes(32));
const NEW = createDataKey('new', randomBytes(32));
const getKeys = () => createKeys(configured.data ?? [OLD], HASH_KEY);
const getDrafts = () => createDraftRepository(getTestDatabase().database, getKeys(), () => new Date());

beforeEach(() => {
  configured.data = [OLD];
});

test('the status counts the rows by key, and fails when a row needs a key that is not configured', async () => {
  await getDrafts().create({ steps: {} });
  expect(await runTestCommand('status')).toMatchObject({ code: 0, output: expect.stringMatching(/^old +draft +1$/m) });
  configured.data = [NEW];
  expect(await runTestCommand('status')).toMatchObject({ code: 1 });
});

test('after the rows are encrypted again, the old key can be taken out', async () => {
  const token = await getDrafts().create({ steps: {} });
  configured.data = [NEW, OLD];
  expect(await runTestCommand('reencrypt')).toMatchObject({
    code: 0,
    output: expect.stringContaining('the key "new"'),
  });
  configured.data = [NEW];
  expect(await runTestCommand('status')).toMatchObject({ code: 0 });
  expect(await getDrafts().find(token)).toMatchObject({ content: { steps: {} } });
});

test.each([
  [[]],
  [['status', 'more']],
  [['reencrypt', 'all']],
  [['give-up']],
  [['give-up', 'old', 'more']],
  [['rotate']],
])('%j prints the usage', async (words) => {
  expect(await runTestCommand(...words)).toMatchObject({ code: 2, output: expect.stringMatching(/^Usage:/) });
});
