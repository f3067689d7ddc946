import { expect, test } from 'vitest';
import { getStore } from '../../store/store.ts';
import {
  createCase,
  createDevice,
  createDraft,
  createSavedSteps,
  listActions,
  readCase,
} from '../../store/test-people.ts';
import { setUpTestStore } from '../../store/test-store.ts';
import { enterConfirmedCase, leaveCase } from './enter-case.ts';
import { createTokenMark } from './form-check.ts';

setUpTestStore();

const createStamp = (token: string) => ({ subject: createTokenMark(token), seen: '-' });

async function createWaitingDevice() {
  const caseRecord = await createCase({ steps: createSavedSteps(undefined, ['identity']) });
  const { handovers } = await getStore();
  await handovers.create(caseRecord.id);
  const handover = await handovers.findLatest(caseRecord.id);
  const token = (handover && (await handovers.addDevice(handover))) ?? '';
  const [device] = handover ? await handovers.listDevices(handover.id) : [];
  return { caseRecord, token, confirm: () => handovers.confirm(caseRecord.id, device?.id ?? '') };
}

test('a device enters the case only after the agent has confirmed it, and goes to the first open step', async () => {
  const { caseRecord, token, confirm } = await createWaitingDevice();
  expect(await enterConfirmedCase(token, undefined, createStamp(token))).toEqual({ kind: 'waiting' });
  await confirm();
  expect(await enterConfirmedCase(token, undefined, createStamp(token))).toEqual({
    kind: 'entered',
    token,
    next: 'address',
  });
  expect(await listActions(caseRecord)).toEqual(['case.opened']);
});

test('a form of another hand-over does not enter the case, and neither does a device without a token', async () => {
  const { token, confirm } = await createWaitingDevice();
  await confirm();
  expect(await enterConfirmedCase(token, undefined, createStamp('another'))).toEqual({ kind: 'waiting' });
  expect(await enterConfirmedCase(undefined, undefined, undefined)).toEqual({ kind: 'waiting' });
});

test('a second tab of a device that has entered the case is sent on', async () => {
  expect(await enterConfirmedCase(undefined, await createCase(), undefined)).toEqual({ kind: 'entered-before' });
});

test('the customer who leaves the case keeps the draft; the case closes and its hand-over ends', async () => {
  const deviceCase = await createCase();
  const deviceToken = await createDevice(deviceCase);
  const { token } = deviceCase.customer;
  const device = { draftToken: token, deviceCase };
  expect(await leaveCase(device, createStamp(token))).toEqual({ kind: 'left', draftToken: token });
  expect((await readCase(deviceCase.id)).isOpen).toBe(false);
  expect(await (await getStore()).handovers.findCaseId(deviceToken)).toBeUndefined();
  expect(await listActions(deviceCase)).toEqual(['case.left']);
});

test('a page of another customer does not end the case, and without a case there is nothing to leave', async () => {
  const deviceCase = await createCase();
  const { token } = deviceCase.customer;
  expect(await leaveCase({ draftToken: token, deviceCase }, createStamp('another'))).toEqual({ kind: 'another' });
  expect((await readCase(deviceCase.id)).isOpen).toBe(true);
  const own = await createDraft();
  expect(await leaveCase({ draftToken: own.token, deviceCase: undefined }, createStamp(own.token))).toEqual({
    kind: 'no-case',
  });
});
