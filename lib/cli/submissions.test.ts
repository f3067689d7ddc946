import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { getReference } from '../domain/text/ids.ts';
import { getStore } from '../store/store.ts';
import { runTestCommand } from '../store/test-command.ts';
import { createDraft, createSavedSteps, createSubmission } from '../store/test-people.ts';
import { setUpTestStore } from '../store/test-store.ts';

vi.mock('./run-command.ts', async () => (await import('../store/test-command.ts')).commandRunner);
await import('./submissions.ts');

setUpTestStore();
beforeAll(async () => void vi.spyOn(await getStore(), 'close').mockResolvedValue(undefined));
afterAll(() => vi.restoreAllMocks());

async function createParked(): Promise<string> {
  const { draft } = await createDraft({ steps: createSavedSteps() });
  return getReference(await createSubmission(draft, 'parked'));
}

test('an empty list says so', async () => {
  expect(await runTestCommand('list')).toEqual({ code: 0, output: 'Nothing waits.' });
});

test('a submission is listed, shown with its consent and its history, and resolved once', async () => {
  const reference = await createParked();
  expect((await runTestCommand('list')).output).toContain(`${reference}  parked`);
  const shown = await runTestCommand('show', reference);
  expect(shown).toMatchObject({ code: 0, output: expect.stringMatching(/agreed .*SHA-256 f0f0/) });
  expect(shown.output).toMatch(/parked +call 1 {2}customer: the cause/);
  expect(await runTestCommand('resolve', reference, 'delivered')).toMatchObject({ code: 0 });
  const again = await runTestCommand('resolve', reference, 'refused');
  expect(again).toMatchObject({ code: 1, output: expect.stringContaining('nothing was changed') });
});

test('an unknown reference is an error', async () => {
  expect(await runTestCommand('show', 'ffffffff')).toEqual({ code: 1, output: 'No such submission.' });
});

test.each([[[]], [['show']], [['resolve', 'ABCD']], [['resolve', 'ABCD', 'toString']], [['delete', 'ABCD']]])(
  '%j prints the usage',
  async (words) => {
    expect(await runTestCommand(...words)).toMatchObject({ code: 2, output: expect.stringContaining('Usage:') });
  },
);
