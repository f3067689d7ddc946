import { expect, test } from 'vitest';
import { getStore } from '../../store/store.ts';
import {
  createCase,
  createDevice,
  createDraft,
  createSavedSteps,
  createSubmission,
  listActions,
  readCase,
} from '../../store/test-people.ts';
import { setUpTestStore } from '../../store/test-store.ts';
import { clearCustomerSession } from './clear-customer-session.ts';
import { createTokenMark } from './form-check.ts';

setUpTestStore();

const createStamp = (token: string) => ({ subject: createTokenMark(token), seen: '-' });

test('a draft that was not sent is deleted, and the request for help stops', async () => {
  const { token } = await createDraft();
  const { drafts, helpRequests } = await getStore();
  const helpToken = await helpRequests.create(token, 'es');
  const device = { draftToken: token, deviceCase: undefined };
  expect(await clearCustomerSession(device, helpToken, createStamp(token))).toEqual({ kind: 'cleared' });
  expect(await drafts.has(token)).toBe(false);
  expect(await helpRequests.find(helpToken)).toMatchObject({ state: 'over' });
});

test('a draft that was sent stays for its submission', async () => {
  const { token, draft } = await createDraft({ steps: createSavedSteps() });
  await createSubmission(draft, 'parked');
  await clearCustomerSession({ draftToken: token, deviceCase: undefined }, undefined, createStamp(token));
  expect(await (await getStore()).drafts.has(token)).toBe(true);
});

test('the case of an agent stays open with its draft, and only its hand-over ends', async () => {
  const deviceCase = await createCase();
  const deviceToken = await createDevice(deviceCase);
  const { token } = deviceCase.customer;
  await clearCustomerSession({ draftToken: token, deviceCase }, undefined, createStamp(token));
  const { drafts, handovers } = await getStore();
  expect(await handovers.findCaseId(deviceToken)).toBeUndefined();
  expect(await drafts.has(token)).toBe(true);
  expect((await readCase(deviceCase.id)).isOpen).toBe(true);
  expect(await listActions(deviceCase)).toEqual(['case.forgotten']);
});

test('a page of the customer before cannot clear the session of the present one', async () => {
  const [before, present] = [await createDraft(), await createDraft()];
  const device = { draftToken: present.token, deviceCase: undefined };
  expect(await clearCustomerSession(device, undefined, createStamp(before.token))).toEqual({ kind: 'another' });
  expect(await (await getStore()).drafts.has(present.token)).toBe(true);
});
