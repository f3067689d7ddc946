import { beforeEach, expect, test, vi } from 'vitest';
import type { SignIn } from '../../auth/identity-provider.ts';
import type { Agent } from '../../domain/assist/permissions.ts';
import { getStore } from '../../store/store.ts';
import { ana } from '../../store/test-people.ts';
import { setUpTestStore } from '../../store/test-store.ts';
import { completeAgentSignIn, startAgentSignIn } from './sign-in.ts';

const provider = { agent: undefined as Agent | undefined, error: undefined as Error | undefined };
vi.mock('../../auth/identity-provider.ts', () => ({
  startSignIn: async (options: object) => {
    if (provider.error) throw provider.error;
    return { url: new URL('https://login.example/auth'), signIn: options };
  },
  completeSignIn: async () => {
    if (provider.error) throw provider.error;
    return provider.agent;
  },
}));

setUpTestStore({ LIMIT_SIGN_INS_PER_ADDRESS: '2' });

const agent: Agent = { subject: ana.subject, name: ana.name, role: ana.role, shop: ana.shop };
beforeEach(() => {
  provider.agent = agent;
  provider.error = undefined;
});

let addressCount = 0;
const start = (session: Parameters<typeof startAgentSignIn>[0], ends: readonly string[] = [], isSharedDevice = false) =>
  startAgentSignIn(session, `203.0.113.${++addressCount}`, { lang: 'en', isSharedDevice, ends });

const createSignIn = (changes: Partial<SignIn> = {}): SignIn => ({
  state: 'en.a',
  nonce: 'n',
  verifier: 'v',
  isShared: false,
  lang: 'en',
  isFresh: false,
  ends: [],
  lockedPage: undefined,
  ...changes,
});

async function createSession(isShared = false) {
  const { agents } = await getStore();
  const token = await agents.create({ ...agent, isShared });
  return { token, session: await agents.find(token) };
}
const noSession = { session: undefined, token: undefined };

test('a first sign-in may use the provider’s own session', async () => {
  expect(await start(undefined)).toMatchObject({ kind: 'started', signIn: { isFresh: false, isShared: false } });
});

test.each([
  ['on a shared device', ana, [], true],
  ['on a device whose session is shared', { ...ana, isShared: true }, [], false],
  ['on a locked device', { ...ana, lockedPath: '/en/assist' }, [], false],
  ['before other sessions end', ana, ['a'.repeat(43)], false],
] as const)('the provider must ask for credentials again %s', async (_case, session, ends, isSharedDevice) => {
  expect(await start(session, ends, isSharedDevice)).toMatchObject({ kind: 'started', signIn: { isFresh: true } });
});

test('texts that are no session ids do not enter the sign-in’s cookie, and no more than 20 ids do', async () => {
  const ids = Array.from({ length: 30 }, (_, index) => String(index).padStart(43, 'a'));
  expect(await start(ana, ['x', '__proto__', ...ids])).toMatchObject({ signIn: { ends: ids.slice(0, 20) } });
});

test('sign-ins of one address are limited', async () => {
  const options = { lang: 'en', isSharedDevice: false, ends: [] } as const;
  const kinds = [];
  for (const _attempt of [1, 2, 3]) kinds.push((await startAgentSignIn(undefined, '198.51.100.1', options)).kind);
  expect(kinds).toEqual(['started', 'started', 'limited']);
});

test('a provider that does not answer is reported', async () => {
  provider.error = new Error('no route');
  expect(await start(undefined)).toEqual({ kind: 'unavailable' });
});

test('a new session has a new token, and the previous one ends', async () => {
  const previous = await createSession();
  const result = await completeAgentSignIn(createSignIn(), '', previous);
  expect(result).toMatchObject({ kind: 'signed-in', path: undefined });
  const { agents } = await getStore();
  expect(await agents.find(previous.token)).toBeUndefined();
  expect(await agents.find('token' in result ? result.token : '')).toMatchObject({ subject: 'ana', isShared: false });
});

test.each([
  ['a sign-in of another browser', undefined, noSession, 'failed'],
  [
    'a device that was locked meanwhile',
    createSignIn(),
    { session: { ...ana, lockedPath: '/' }, token: undefined },
    'failed',
  ],
  [
    'a device that was marked as shared meanwhile',
    createSignIn(),
    { session: { ...ana, isShared: true }, token: undefined },
    'failed',
  ],
])('%s is rejected', async (_case, signIn, previous, problem) => {
  expect(await completeAgentSignIn(signIn, '', previous)).toEqual({ kind: 'rejected', problem });
});

test('claims without a role, and a check that fails, are rejected and end no session', async () => {
  const previous = await createSession();
  provider.agent = undefined;
  expect(await completeAgentSignIn(createSignIn(), '', previous)).toEqual({ kind: 'rejected', problem: 'refused' });
  provider.error = new Error('bad state');
  expect(await completeAgentSignIn(createSignIn(), '', previous)).toEqual({ kind: 'rejected', problem: 'failed' });
  expect(await (await getStore()).agents.find(previous.token)).toBeDefined();
});

test('the agent’s other sessions end after a sign-in for it, and only for the same agent', async () => {
  const [previous, other] = [await createSession(), await createSession()];
  const { agents } = await getStore();
  const signIn = createSignIn({ isFresh: true, ends: [other.session?.id ?? ''] });
  provider.agent = { ...agent, subject: 'ben' };
  expect(await completeAgentSignIn(signIn, '', previous)).toMatchObject({ path: undefined });
  expect(await agents.find(other.token)).toBeDefined();
  provider.agent = agent;
  expect(await completeAgentSignIn(signIn, '', await createSession())).toMatchObject({
    path: '/en/assist/sessions?ended',
  });
  expect(await agents.find(other.token)).toBeUndefined();
});

test('only the agent whose session was locked returns to the locked page', async () => {
  const path = '/en/assist/cases/1/identity';
  const signIn = createSignIn({ isFresh: true, lockedPage: { subject: 'ana', path } });
  expect(await completeAgentSignIn(signIn, '', noSession)).toMatchObject({ path });
  const locked = { session: { ...ana, lockedPath: path }, token: undefined };
  expect(await completeAgentSignIn(createSignIn({ isFresh: true }), '', locked)).toMatchObject({ path });
  provider.agent = { ...agent, subject: 'ben' };
  expect(await completeAgentSignIn(signIn, '', locked)).toMatchObject({ kind: 'signed-in', path: undefined });
});
