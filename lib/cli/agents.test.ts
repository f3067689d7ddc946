import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { AgentSession } from '../store/agent-sessions.ts';
import { getStore } from '../store/store.ts';
import { runTestCommand } from '../store/test-command.ts';
import { ana, ben } from '../store/test-people.ts';
import { setUpTestStore } from '../store/test-store.ts';

vi.mock('./run-command.ts', async () => (await import('../store/test-command.ts')).commandRunner);
await import('./agents.ts');

setUpTestStore();
beforeAll(async () => void vi.spyOn(await getStore(), 'close').mockResolvedValue(undefined));
afterAll(() => vi.restoreAllMocks());

async function signIn() {
  const { agents } = await getStore();
  const create = ({ subject, name, role, shop }: AgentSession) =>
    agents.create({ subject, name, role, shop, isShared: false });
  return [await create(ana), await create(ben)] as const;
}
const isSignedIn = async (token: string) => (await (await getStore()).agents.find(token)) !== undefined;

test('the sessions of one agent end, and those of the others stay', async () => {
  const [anaToken, benToken] = await signIn();
  expect(await runTestCommand('end', 'ana')).toEqual({ code: 0, output: '{"ended":1}' });
  expect([await isSignedIn(anaToken), await isSignedIn(benToken)]).toEqual([false, true]);
});

test('all sessions end with --all', async () => {
  const tokens = await signIn();
  await runTestCommand('end', '--all');
  for (const token of tokens) expect(await isSignedIn(token)).toBe(false);
});

test.each([[[]], [['end']], [['end', '']], [['stop', 'ana']]])(
  '%j prints the usage and changes nothing',
  async (words) => {
    expect(await runTestCommand(...words)).toMatchObject({ code: 2, output: expect.stringContaining('Usage:') });
  },
);
