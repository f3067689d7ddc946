import { beforeEach, expect, test, vi } from 'vitest';
import { browser } from '../http/test-next.ts';
import { getStore } from '../store/store.ts';
import { createCase, createDevice } from '../store/test-people.ts';
import { setUpTestStore } from '../store/test-store.ts';
import { readCustomerDevice, withDraftToken } from './customer-device.ts';
import { writeDeviceToken, writeDraftToken } from './draft-cookie.ts';

vi.mock('next/headers', async () => (await import('../http/test-next.ts')).nextHeaders);

setUpTestStore();

beforeEach(() => {
  browser.cookies.clear();
  browser.headers = new Headers({ 'x-forwarded-for': '203.0.113.1' });
});

test('a device has the token of its cookie and the address of its request', async () => {
  expect(await readCustomerDevice()).toEqual({ draftToken: undefined, deviceCase: undefined, clientIp: '203.0.113.1' });
  await writeDraftToken('token');
  expect(await readCustomerDevice()).toMatchObject({ draftToken: 'token', deviceCase: undefined });
});

test('a device with a case has the draft of the case, until the hand-over stops', async () => {
  const caseRecord = await createCase();
  await writeDeviceToken(await createDevice(caseRecord));
  const draftToken = caseRecord.customer.token;
  expect(await readCustomerDevice()).toMatchObject({ draftToken, deviceCase: { id: caseRecord.id } });
  await (await getStore()).handovers.stop(caseRecord.id);
  expect(await readCustomerDevice()).toMatchObject({ draftToken: undefined, deviceCase: undefined });
});

test('a new draft does not belong to the case of the device', async () => {
  const deviceCase = await createCase();
  const device = { draftToken: deviceCase.customer.token, deviceCase, clientIp: '203.0.113.1' };
  expect(withDraftToken(device, deviceCase.customer.token)).toBe(device);
  expect(withDraftToken(device, 'new')).toMatchObject({ draftToken: 'new', deviceCase: undefined });
});
