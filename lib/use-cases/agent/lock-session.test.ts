import { expect, test } from 'vitest';
import { getStore } from '../../store/store.ts';
import { ana, createCase, listActions, readDraft } from '../../store/test-people.ts';
import { setUpTestStore } from '../../store/test-store.ts';
import { lockSession } from './lock-session.ts';

setUpTestStore();

async function createSession() {
  const { agents } = await getStore();
  const { subject, name, role, shop } = ana;
  const token = await agents.create({ subject, name, role, shop, isShared: false });
  const session = await agents.find(token);
  if (!session) throw new Error('no session');
  return { session, readLockedPath: async () => (await agents.find(token))?.lockedPath };
}

const createForm = (firstName = 'Rosa') => {
  const form = new FormData();
  form.set('firstName', firstName);
  return form;
};

test('the session is locked on the page of a step, whose half-filled form is saved', async () => {
  const { session, readLockedPath } = await createSession();
  const { id, customer } = await createCase();
  const path = `/es/assist/cases/${id}/identity`;
  await lockSession(session, path, createForm());
  expect(await readLockedPath()).toBe(path);
  expect((await readDraft(customer.token)).content.typed?.identity?.input).toMatchObject({ firstName: 'Rosa' });
  expect(await listActions({ id })).toEqual(['session.lock', 'case.fill']);
});

test.each(['https://evil.test/', '//evil.test', '/es/assist/../../x', '/fr/assist', '/es/onboarding/identity', 'null'])(
  'the path %s locks the session on the list',
  async (path) => {
    const { session, readLockedPath } = await createSession();
    await lockSession(session, path, createForm());
    expect(await readLockedPath()).toBe('/es/assist');
  },
);

test('the locked page may post its form once more, and another page may not', async () => {
  const { session, readLockedPath } = await createSession();
  const [locked, other] = [await createCase(), await createCase()];
  const path = `/es/assist/cases/${locked.id}/identity`;
  await lockSession(session, path, createForm('A'));
  await lockSession(session, path, createForm('B'));
  await lockSession(session, path, createForm('C'));
  await lockSession(session, `/es/assist/cases/${other.id}/identity`, createForm('D'));
  expect(await readLockedPath()).toBe(path);
  expect((await readDraft(locked.customer.token)).content.typed?.identity?.input).toMatchObject({ firstName: 'B' });
  expect((await readDraft(other.customer.token)).content.typed).toBeUndefined();
});
