import { expect, test } from 'vitest';
import { getStore } from '../../store/store.ts';
import { ana, createCase, listActions } from '../../store/test-people.ts';
import { setUpTestStore } from '../../store/test-store.ts';
import { confirmHandoverDevice, startHandover, stopHandover } from './hand-over.ts';

setUpTestStore();

async function addDevice(caseId: string) {
  const { handovers } = await getStore();
  const handover = await handovers.findLatest(caseId);
  const token = handover && (await handovers.addDevice(handover));
  const devices = handover ? await handovers.listDevices(handover.id) : [];
  return { token: token ?? '', id: devices.at(-1)?.id ?? '' };
}

test('only the device that the agent confirms gets the case, until the agent takes it back', async () => {
  const caseRecord = await createCase();
  const access = { session: ana, caseRecord };
  const { handovers } = await getStore();
  expect(await startHandover(access)).toMatchObject({ kind: 'done' });
  const [stranger, customer] = [await addDevice(caseRecord.id), await addDevice(caseRecord.id)];
  expect(await confirmHandoverDevice(access, customer.id)).toEqual({ kind: 'done', result: true });
  expect(await handovers.findCaseId(customer.token)).toBe(caseRecord.id);
  expect(await handovers.findCaseId(stranger.token)).toBeUndefined();
  expect(await stopHandover(access)).toMatchObject({ kind: 'done' });
  expect(await handovers.findCaseId(customer.token)).toBeUndefined();
  expect(await listActions(caseRecord)).toEqual(['case.handOver', 'case.confirm', 'case.stop']);
});

test('a device of another case is not confirmed', async () => {
  const [caseRecord, otherCase] = [await createCase(), await createCase()];
  for (const record of [caseRecord, otherCase]) await startHandover({ session: ana, caseRecord: record });
  const device = await addDevice(otherCase.id);
  const result = await confirmHandoverDevice({ session: ana, caseRecord }, device.id);
  expect(result).toEqual({ kind: 'done', result: false });
  expect(await (await getStore()).handovers.findCaseId(device.token)).toBeUndefined();
});

test('a second hand-over is impossible while one waits, and so is the end of one that was not started', async () => {
  const access = { session: ana, caseRecord: await createCase() };
  expect(await stopHandover(access)).toEqual({ kind: 'impossible' });
  await startHandover(access);
  expect(await startHandover(access)).toEqual({ kind: 'impossible' });
});
