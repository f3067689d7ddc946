import { beforeEach, expect, test, vi } from 'vitest';
import { getBrand } from '../../config/brand/brand.ts';
import { buildConsentText } from '../../config/brand/consent-text.ts';
import { buildVersionMark } from '../../domain/form-stamp.ts';
import type { SessionLinkRequest } from '../../domain/session-link-request.ts';
import type { UpstreamResult } from '../../domain/upstream-responses/classify-response.ts';
import { finishBackgroundWork } from '../../http/test-next.ts';
import { getStore } from '../../store/store.ts';
import { createDraft, createSavedSteps } from '../../store/test-people.ts';
import { setUpTestStore } from '../../store/test-store.ts';
import { createTokenMark } from './form-check.ts';
import { type SubmitForm, submitApplication, submitReviewedApplication } from './submit-application.ts';

vi.mock('next/server', async () => (await import('../../http/test-next.ts')).nextServer);

const LINKED: UpstreamResult = { kind: 'answered', status: 200, link: 'https://links.example/1' };
const upstream = { answer: LINKED, requests: [] as SessionLinkRequest[] };
vi.mock('../../upstream/upstream-from-env.ts', () => ({
  getUpstreamGuard: () => ({ run: async (call: () => Promise<object>) => ({ admitted: true, ...(await call()) }) }),
  getRaasClient: () => ({
    findUser: async () => ({ kind: 'absent' }),
    createSessionLink: async (request: SessionLinkRequest) => {
      upstream.requests.push(request);
      return upstream.answer;
    },
  }),
}));

setUpTestStore({ LIMIT_SUBMITS_PER_ADDRESS: '1' });

beforeEach(() => {
  upstream.answer = LINKED;
  upstream.requests = [];
});

let addressCount = 0;
async function createDevice(steps = createSavedSteps()) {
  const { token, draft } = await createDraft({ steps });
  return { device: { draftToken: token, deviceCase: undefined, clientIp: `203.0.113.${++addressCount}` }, draft };
}
const createForm = (changes: Partial<SubmitForm> = {}): SubmitForm => ({
  locale: 'es',
  consentHash: buildConsentText(getBrand(), 'es').hash,
  callLocation: undefined,
  ...changes,
});
async function listEventKinds() {
  await finishBackgroundWork();
  const kinds = [];
  for await (const { kind } of (await getStore()).events.listBetween(new Date(0), new Date(8e12))) kinds.push(kind);
  return kinds;
}

test('a complete application is sent in the customer’s language and leads to the link', async () => {
  const { device, draft } = await createDevice();
  expect(await submitApplication(device, createForm())).toEqual({ kind: 'linked', link: LINKED.link });
  expect(upstream.requests).toMatchObject([{ lang: 'es' }]);
  expect(await (await getStore()).ledger.findLatest(draft.id)).toMatchObject({ state: 'succeeded' });
  expect((await listEventKinds()).at(-1)).toBe('delivered');
});

test('the submission keeps which consent text the customer agreed to', async () => {
  const { device, draft } = await createDevice();
  await submitApplication(device, createForm());
  const { ledger, submissionAdmin } = await getStore();
  const submission = await ledger.findLatest(draft.id);
  const { version, hash } = buildConsentText(getBrand(), 'es');
  const [record] = await submissionAdmin.find(submission?.id ?? '');
  expect(record?.consent).toMatchObject({ version, hash, lang: 'es', actor: 'customer' });
});

test.each([
  ['of another language', buildConsentTextHash('en')],
  ['that the page did not show', undefined],
])('nothing is sent with a consent text %s', async (_case, consentHash) => {
  const { device } = await createDevice();
  expect(await submitApplication(device, createForm({ consentHash: consentHash?.() }))).toEqual({ kind: 'reworded' });
  expect(upstream.requests).toEqual([]);
});

function buildConsentTextHash(lang: 'en' | 'es') {
  return () => buildConsentText(getBrand(), lang).hash;
}

test('nothing is sent of an incomplete application, or without a draft', async () => {
  const { device } = await createDevice(createSavedSteps(undefined, ['identity']));
  expect(await submitApplication(device, createForm())).toEqual({ kind: 'incomplete', firstOpenStep: 'address' });
  for (const draftToken of [undefined, 'expired'])
    expect(await submitApplication({ ...device, draftToken }, createForm())).toEqual({ kind: 'no-draft' });
  expect(upstream.requests).toEqual([]);
});

test('submissions of one address are limited', async () => {
  const { device } = await createDevice();
  await submitApplication(device, createForm());
  const { device: other } = await createDevice();
  const result = await submitApplication({ ...other, clientIp: device.clientIp }, createForm());
  expect(result).toEqual({ kind: 'limited', retryAfterMs: expect.any(Number) });
  expect(upstream.requests).toHaveLength(1);
});

test('a refusal is counted for the statistics', async () => {
  upstream.answer = { kind: 'answered', status: 400, code: 'ERROR_INVALID_SCHEMA' };
  const { device } = await createDevice();
  expect(await submitApplication(device, createForm())).toMatchObject({ kind: 'refused' });
  expect((await listEventKinds()).at(-1)).toBe('refused');
});

test('the review page submits the version that it showed, of the browser’s own draft', async () => {
  const { device, draft } = await createDevice();
  const submit = (subject: string, seen: string) =>
    submitReviewedApplication(device, { ...createForm(), stamp: { subject, seen } });
  expect(await submit(createTokenMark('another'), buildVersionMark(1))).toEqual({ kind: 'another' });
  expect(await submit(createTokenMark(device.draftToken), buildVersionMark(0))).toEqual({ kind: 'changed' });
  expect(upstream.requests).toEqual([]);
  const seen = buildVersionMark(draft.version);
  expect(await submit(createTokenMark(device.draftToken), seen)).toMatchObject({ kind: 'linked' });
});
