import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { getStore } from '../store/store.ts';
import { runTestCommand } from '../store/test-command.ts';
import { createDraft, createSavedSteps, createSubmission } from '../store/test-people.ts';
import { setUpTestStore } from '../store/test-store.ts';

vi.mock('./run-command.ts', async () => (await import('../store/test-command.ts')).commandRunner);
await import('./privacy.ts');

setUpTestStore();
beforeAll(async () => void vi.spyOn(await getStore(), 'close').mockResolvedValue(undefined));
afterAll(() => vi.restoreAllMocks());

const createPerson = async (phone: string) => (await createDraft({ steps: createSavedSteps(phone) })).token;
const hasDraft = async (token: string) => (await getStore()).drafts.has(token);

test.each(['+525521201111', '55 2120 1111', '+52 1 55 2120 1111'])(
  '%s erases the person with this phone only',
  async (phone) => {
    const [person, other] = [await createPerson('55 2120 1111'), await createPerson('55 2120 2222')];
    expect(await runTestCommand('erase', ...phone.split(' '))).toMatchObject({ code: 0 });
    expect([await hasDraft(person), await hasDraft(other)]).toEqual([false, true]);
  },
);

test('a submission without a definite end is left, and the exit code says so', async () => {
  const { draft } = await createDraft({ steps: createSavedSteps('55 2120 3333') });
  await createSubmission(draft, 'parked', '+5215521203333');
  const result = await runTestCommand('erase', '+525521203333');
  expect(result).toMatchObject({ code: 1, output: expect.stringContaining('erase again after that') });
});

test('the purge counts the rows that it deleted by kind', async () => {
  expect(await runTestCommand('purge')).toMatchObject({ code: 0, output: expect.stringMatching(/^\{.*\}$/) });
});

test.each([[[]], [['erase']], [['erase', 'Rosa']], [['erase', '12']], [['delete', '+525521201111']]])(
  '%j prints the usage and erases nothing',
  async (words) => {
    expect(await runTestCommand(...words)).toMatchObject({ code: 2, output: expect.stringContaining('Usage:') });
  },
);
