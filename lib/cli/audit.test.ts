import { expect, test, vi } from 'vitest';
import type { AuditEntry } from '../domain/assist/audit.ts';
import { createAuditLog } from '../store/audit-log.ts';
import { runTestCommand } from '../store/test-command.ts';
import { getTestDatabase, setUpTestDatabase } from '../store/test-store.ts';

vi.mock('./run-command.ts', async () => (await import('../store/test-command.ts')).commandRunner);
vi.mock('../store/store.ts', async () => {
  const { getTestDatabase } = await import('../store/test-store.ts');
  return { openConfiguredDatabase: async () => getTestDatabase(), getStore: async () => ({}) };
});
await import('./audit.ts');

setUpTestDatabase();

const createEntry = (action: string, caseId: string): AuditEntry => ({
  at: '2026-11-22T12:00:00.000Z',
  actor: 'ana',
  role: 'agent',
  shop: 'centro',
  device: 'device',
  action,
  caseId,
  fields: [],
  source: undefined,
});

test('an empty audit is whole', async () => {
  expect(await runTestCommand('verify')).toEqual({ code: 0, output: 'The audit is empty.' });
});

test('the export has one entry in JSON a line, and the check counts them', async () => {
  const caseId = crypto.randomUUID();
  const audit = createAuditLog(getTestDatabase().database);
  for (const action of ['case.read', 'case.fill']) await audit.append(createEntry(action, caseId));
  const { code, output } = await runTestCommand('export');
  expect(code).toBe(0);
  expect(output.split('\n').map((line) => JSON.parse(line).entry.action)).toEqual(['case.read', 'case.fill']);
  expect(await runTestCommand('verify')).toMatchObject({
    code: 0,
    output: expect.stringContaining('2 entries, whole.'),
  });
});

test('a head that the audit does not have is a break', async () => {
  const result = await runTestCommand('verify', '7', 'a'.repeat(64));
  expect(result).toMatchObject({ code: 1, output: expect.stringContaining('The audit is broken') });
});

const HASH = 'a'.repeat(64);
test.each([
  ['nothing', []],
  ['half a head', ['verify', '7']],
  ['an empty hash', ['verify', '44', '']],
  ['a hash alone', ['verify', HASH]],
  ['a short hash', ['verify', '44', HASH.slice(1)]],
  ['a hash of one letter', ['verify', '7', 'x']],
  ['a hash in capitals', ['verify', '44', HASH.toUpperCase()]],
  ['entry 0', ['verify', '0', HASH]],
  ['no number', ['verify', 'last', HASH]],
  ['a negative number', ['verify', '-44', HASH]],
  ['a fraction', ['verify', '4.4', HASH]],
  ['an empty number', ['verify', '', HASH]],
  ['one word more', ['verify', '44', HASH, 'more']],
  ['export with a head', ['export', '44', HASH]],
])('%s prints the usage: half a head proves nothing', async (_, words) => {
  expect(await runTestCommand(...words)).toMatchObject({ code: 2, output: expect.stringMatching(/^Usage:/) });
});
