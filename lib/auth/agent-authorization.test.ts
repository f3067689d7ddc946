import { beforeEach, expect, test, vi } from 'vitest';
import type { AgentRole } from '../domain/assist/permissions.ts';
import { browser } from '../http/test-next.ts';
import { getStore } from '../store/store.ts';
import { ana, createCase, listActions, max } from '../store/test-people.ts';
import { setUpTestStore } from '../store/test-store.ts';
import { authorizeAgent, getCurrentSession, withAgentAuthorization } from './agent-authorization.ts';

vi.mock('next/headers', async () => (await import('../http/test-next.ts')).nextHeaders);
const console = vi.hoisted(() => ({ exists: true }));
vi.mock('./identity-provider.ts', () => ({ hasConsole: () => console.exists }));

setUpTestStore();

beforeEach(() => browser.cookies.clear());

async function signIn({ subject, name, role, shop }: { subject: string; name: string; role: AgentRole; shop: string }) {
  const { agents } = await getStore();
  const token = await agents.create({ subject, name, role, shop, isShared: false });
  browser.cookies.set('__Host-agent', token);
  return token;
}
const catchDigest = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'no redirect',
    ({ digest }: { digest: string }) => digest,
  );
const NOT_FOUND = 'NEXT_HTTP_ERROR_FALLBACK;404';

test('an agent without a session is sent to the sign-in, and one with a locked session to the lock', async () => {
  const request = { locale: 'en', action: 'case.list' } as const;
  expect(await catchDigest(authorizeAgent(request))).toContain(';/en/assist/sign-in;');
  await signIn(ana);
  const session = await getCurrentSession();
  await (await getStore()).agents.lock(session?.id ?? '', '/en/assist');
  expect(await catchDigest(authorizeAgent(request))).toContain(';/en/assist/locked;');
});

test('without an identity provider there is no console', async () => {
  await signIn(ana);
  console.exists = false;
  expect(await catchDigest(authorizeAgent({ locale: 'en', action: 'case.list' }))).toBe(NOT_FOUND);
  console.exists = true;
});

test('an agent who may act on a case gets its record', async () => {
  await signIn(ana);
  const { id } = await createCase();
  const access = await authorizeAgent({ locale: 'en', action: 'case.fill', caseId: id });
  expect(access).toMatchObject({ session: { subject: 'ana' }, caseRecord: { id, agent: 'ana' } });
});

test('a case of another shop cannot be told from one that does not exist, and the denial is recorded', async () => {
  await signIn(max);
  const { id } = await createCase();
  for (const caseId of [id, crypto.randomUUID(), 'no id'])
    expect(await catchDigest(authorizeAgent({ locale: 'en', action: 'case.read', caseId }))).toBe(NOT_FOUND);
  expect(await listActions({ id })).toEqual(['refused.case.read']);
});

test('a role without the permission is denied, with or without a case', async () => {
  await signIn({ ...ana, role: 'compliance' });
  const { id } = await createCase();
  expect(await catchDigest(authorizeAgent({ locale: 'en', action: 'case.fill', caseId: id }))).toBe(NOT_FOUND);
  expect(await catchDigest(authorizeAgent({ locale: 'en', action: 'figures.read' }))).toBe(NOT_FOUND);
});

test('an authorized action is in the audit before it runs, and a denied one does not run', async () => {
  await signIn(ana);
  const { id } = await createCase();
  const request = { locale: 'en', action: 'case.read', caseId: id, fields: ['email'] } as const;
  expect(await withAgentAuthorization(request, async () => listActions({ id }))).toEqual(['case.read']);
  const handler = vi.fn(async () => undefined);
  await signIn(max);
  expect(await catchDigest(withAgentAuthorization(request, handler))).toBe(NOT_FOUND);
  expect(handler).not.toHaveBeenCalled();
});

test('the case is loaded once', async () => {
  await signIn(ana);
  const { id } = await createCase();
  const find = vi.spyOn((await getStore()).cases, 'find');
  const request = { locale: 'en', action: 'case.read', caseId: id } as const;
  await withAgentAuthorization(request, async ({ caseRecord }) => caseRecord);
  expect(find).toHaveBeenCalledTimes(1);
});
