import { beforeEach, expect, test, vi } from 'vitest';
import { browser } from '../http/test-next.ts';
import { getStore } from '../store/store.ts';
import { createCase, createDevice } from '../store/test-people.ts';
import { setUpTestStore } from '../store/test-store.ts';
import {
  deleteDraftToken,
  getCaseForDevice,
  readOwnDraftToken,
  writeDeviceToken,
  writeDraftToken,
  writeOwnDraftToken,
} from './draft-cookie.ts';

vi.mock('next/headers', async () => (await import('../http/test-next.ts')).nextHeaders);

setUpTestStore();

beforeEach(() => browser.cookies.clear());
const readCookie = () => browser.cookies.get('__Host-draft');

test('a draft’s token stays for the seven days of a draft', async () => {
  await writeDraftToken('token');
  expect(await readOwnDraftToken()).toBe('token');
  expect(browser.options.get('__Host-draft')).toMatchObject({ maxAge: 7 * 86_400 });
  await deleteDraftToken();
  expect(await readOwnDraftToken()).toBeUndefined();
});

test('a device with a case has no draft of its own, and loses the case when either side stops the hand-over', async () => {
  const caseRecord = await createCase();
  await writeDeviceToken(await createDevice(caseRecord));
  expect(await getCaseForDevice()).toMatchObject({ id: caseRecord.id });
  expect(await readOwnDraftToken()).toBeUndefined();
  await (await getStore()).handovers.stop(caseRecord.id);
  expect(await getCaseForDevice()).toBeUndefined();
});

test('a saved step of the case keeps the device’s token; a new draft replaces it', async () => {
  const caseRecord = await createCase();
  await writeDeviceToken(await createDevice(caseRecord));
  const deviceCookie = readCookie();
  await writeDraftToken(caseRecord.customer.token);
  expect(readCookie()).toBe(deviceCookie);
  await writeDraftToken('a new draft');
  expect(readCookie()).toBe('a new draft');
});

test('a customer who continues alone gets the draft’s own token', async () => {
  const caseRecord = await createCase();
  await writeDeviceToken(await createDevice(caseRecord));
  await writeOwnDraftToken(caseRecord.customer.token);
  expect(await readOwnDraftToken()).toBe(caseRecord.customer.token);
});
