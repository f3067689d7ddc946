import { expect, test, vi } from 'vitest';
import { createDraft, createSavedSteps, createSubmission } from '../../store/test-people.ts';
import { setUpTestStore } from '../../store/test-store.ts';
import { createTokenMark } from './form-check.ts';
import { openDeliveredLink } from './open-delivered-link.ts';

vi.mock('next/server', async () => (await import('../../http/test-next.ts')).nextServer);

setUpTestStore();

async function createDevice(result: 'succeeded' | 'parked') {
  const { token, draft } = await createDraft({ steps: createSavedSteps() });
  await createSubmission(draft, result);
  return { draftToken: token, deviceCase: undefined, clientIp: '203.0.113.1' };
}
const createStamp = (token: string) => ({ subject: createTokenMark(token), seen: '-' });

test('a customer who came back gets the link of their own submission', async () => {
  const device = await createDevice('succeeded');
  const link = 'https://links.example/1';
  expect(await openDeliveredLink(device, createStamp(device.draftToken), 'es')).toEqual({ kind: 'linked', link });
});

test('a page of another customer gets no link', async () => {
  const [device, other] = [await createDevice('succeeded'), await createDevice('succeeded')];
  expect(await openDeliveredLink(device, createStamp(other.draftToken), 'es')).toEqual({ kind: 'another' });
});

test('a submission that needs review has no link', async () => {
  const device = await createDevice('parked');
  expect(await openDeliveredLink(device, createStamp(device.draftToken), 'es')).toEqual({ kind: 'no-link' });
});
