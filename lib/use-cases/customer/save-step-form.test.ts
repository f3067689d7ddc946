import { beforeEach, expect, test, vi } from 'vitest';
import type { CustomerDevice } from '../../auth/customer-device.ts';
import { sampleInputs } from '../../domain/sample-answers.ts';
import { finishBackgroundWork } from '../../http/test-next.ts';
import { getStore } from '../../store/store.ts';
import {
  createCase,
  createDraft,
  createSavedSteps,
  createSubmission,
  listActions,
  readDraft,
} from '../../store/test-people.ts';
import { setUpTestStore } from '../../store/test-store.ts';
import { createTokenMark } from './form-check.ts';
import type { PostedStep } from './posted-step.ts';
import { saveStepForm } from './save-step-form.ts';

vi.mock('next/server', async () => (await import('../../http/test-next.ts')).nextServer);

setUpTestStore({ LIMIT_DRAFTS_PER_ADDRESS: '1' });

let addressCount = 0;
const createDevice = (changes: Partial<CustomerDevice> = {}): CustomerDevice => ({
  draftToken: undefined,
  deviceCase: undefined,
  clientIp: `203.0.113.${++addressCount}`,
  ...changes,
});
const input = { ...sampleInputs.identity, firstName: 'Rosa', email: '', noEmail: 'yes' };
const createForm = (changes: Partial<PostedStep> = {}): PostedStep => ({
  stepId: 'identity',
  input,
  shownErrors: {},
  stamp: undefined,
  ...changes,
});
const save = (device: CustomerDevice, form: PostedStep, isTouched?: boolean) =>
  saveStepForm(device, form, { locale: 'es', exit: isTouched === undefined ? undefined : { isTouched } });

async function listEvents() {
  await finishBackgroundWork();
  const events = [];
  for await (const { kind, step, fields, agent } of (await getStore()).events.listBetween(new Date(0), new Date(8e12)))
    events.push({ kind, step, fields, agent });
  return events;
}
let eventsBefore: number;
beforeEach(async () => {
  eventsBefore = (await listEvents()).length;
});
const listNewEvents = async () => (await listEvents()).slice(eventsBefore);

test('the first saved step begins a draft and leads to the next step', async () => {
  const result = await save(createDevice(), createForm());
  expect(result).toMatchObject({ kind: 'saved', next: 'address' });
  const { content } = await readDraft('token' in result ? (result.token ?? '') : '');
  expect(content.steps.identity?.input).toMatchObject({ firstName: 'Rosa' });
  expect(await listNewEvents()).toEqual([{ kind: 'taken', step: 'identity', fields: [], agent: null }]);
});

test('errors are shown and counted by field, once there is a draft', async () => {
  const form = createForm({ input: { ...input, firstName: '' } });
  expect(await save(createDevice(), form)).toMatchObject({ kind: 'rejected' });
  expect(await listNewEvents()).toEqual([]);
  const { token } = await createDraft();
  const result = await save(createDevice({ draftToken: token }), form);
  expect(result).toMatchObject({ kind: 'rejected', form: { errors: { firstName: expect.any(String) } } });
  expect(await listNewEvents()).toEqual([{ kind: 'invalid', step: 'identity', fields: ['firstName'], agent: null }]);
});

test('new drafts of one address are limited', async () => {
  const device = createDevice();
  expect(await save(device, createForm())).toMatchObject({ kind: 'saved' });
  expect(await save(device, createForm())).toMatchObject({ kind: 'rejected', form: { waitMinutes: 10 } });
});

test('on a device with a handed-over case, the audit has the customer’s fields and the event counts for the agent', async () => {
  const deviceCase = await createCase();
  const device = createDevice({ draftToken: deviceCase.customer.token, deviceCase });
  expect(await save(device, createForm())).toMatchObject({ kind: 'saved', token: deviceCase.customer.token });
  expect(await listActions(deviceCase)).toEqual(['case.fill']);
  expect(await listNewEvents()).toMatchObject([{ kind: 'taken', agent: 'ana' }]);
});

test('a form of another application is not saved, and details that were delivered are not changed', async () => {
  const { token, draft } = await createDraft({ steps: createSavedSteps() });
  const stamp = { subject: createTokenMark('another'), seen: '-' };
  expect(await save(createDevice({ draftToken: token }), createForm({ stamp }))).toEqual({ kind: 'another' });
  await createSubmission(draft, 'succeeded');
  expect(await save(createDevice({ draftToken: token }), createForm())).toEqual({ kind: 'locked' });
});

test('a form that the customer leaves is saved half filled, without an event', async () => {
  const { token } = await createDraft();
  const form = createForm({ input: { ...input, lastName: '' } });
  expect(await save(createDevice({ draftToken: token }), form, true)).toEqual({ kind: 'left', token });
  expect((await readDraft(token)).content).toMatchObject({
    steps: {},
    typed: { identity: { input: { firstName: 'Rosa' } } },
  });
  expect(await listNewEvents()).toEqual([]);
});
