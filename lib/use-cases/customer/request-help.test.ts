import { expect, test } from 'vitest';
import { getStore } from '../../store/store.ts';
import { ana, createDraft, createSavedSteps, readCase } from '../../store/test-people.ts';
import { setUpTestStore } from '../../store/test-store.ts';
import { createTokenMark } from './form-check.ts';
import { acceptHelpRequest, cancelHelp, requestHelp } from './request-help.ts';

setUpTestStore({ LIMIT_HELP_CODES_PER_ADDRESS: '2', LIMIT_DRAFTS_PER_ADDRESS: '1' });

const createStamp = (token: string) => ({ subject: createTokenMark(token), seen: '-' });
let addressCount = 0;
const createDevice = (draftToken: string | undefined) => ({ draftToken, clientIp: `203.0.113.${++addressCount}` });

async function createRequest(isClaimed = true) {
  const steps = createSavedSteps('55 2120 6706', ['identity']);
  const { token } = await createDraft({ steps, partner: { link: 'l', locked: ['phoneNumber'] } });
  const { helpRequests } = await getStore();
  const helpToken = await helpRequests.create(token, 'en');
  const code = (await helpRequests.find(helpToken))?.code ?? '';
  if (isClaimed) await helpRequests.claim(code, ana.subject, ana.shop);
  return { token, helpToken };
}

test('a request keeps the customer’s draft, or begins one', async () => {
  const { token } = await createDraft();
  const result = await requestHelp(createDevice(token), undefined, undefined, 'es');
  expect(result).toEqual({ kind: 'requested', helpToken: expect.any(String), newDraftToken: undefined });
  for (const draftToken of [undefined, 'expired']) {
    const blank = await requestHelp(createDevice(draftToken), undefined, undefined, 'es');
    expect(blank).toMatchObject({ kind: 'requested', newDraftToken: expect.any(String) });
  }
});

test('requests and the drafts that they begin are limited by address', async () => {
  const { token } = await createDraft();
  const device = createDevice(token);
  const kinds = [];
  for (const _request of [1, 2, 3]) kinds.push((await requestHelp(device, undefined, undefined, 'es')).kind);
  expect(kinds).toEqual(['requested', 'requested', 'limited']);
  const blankDevice = createDevice(undefined);
  expect(await requestHelp(blankDevice, undefined, undefined, 'es')).toMatchObject({ kind: 'requested' });
  expect(await requestHelp(blankDevice, undefined, undefined, 'es')).toMatchObject({ kind: 'limited' });
});

test('the customer’s acceptance makes the journey a case of the agent, with its fields in the audit', async () => {
  const { token, helpToken } = await createRequest();
  const result = await acceptHelpRequest(helpToken, createStamp(helpToken));
  expect(result).toEqual({ kind: 'accepted', deviceToken: expect.any(String), next: 'address' });
  const { handovers, audit } = await getStore();
  const caseId = (await handovers.findCaseId('deviceToken' in result ? result.deviceToken : '')) ?? '';
  const caseRecord = await readCase(caseId);
  expect(caseRecord).toMatchObject({
    agent: 'ana',
    shop: 'centro',
    customer: { token, phone: '+525521206706', lang: 'en' },
  });
  expect(await audit.listByCase(caseId)).toMatchObject([
    { action: 'case.agreed', source: 'customer', fields: expect.arrayContaining(['firstName']) },
    { action: 'case.agreed', source: 'partner', fields: ['phoneNumber'] },
  ]);
});

test('a request is accepted once, only after an agent has claimed it, and only on its own page', async () => {
  const unclaimed = await createRequest(false);
  const outdated = { kind: 'outdated' };
  expect(await acceptHelpRequest(unclaimed.helpToken, createStamp(unclaimed.helpToken))).toEqual(outdated);
  const { helpToken } = await createRequest();
  expect(await acceptHelpRequest(helpToken, createStamp('another'))).toEqual(outdated);
  expect(await acceptHelpRequest(undefined, undefined)).toEqual(outdated);
  expect(await acceptHelpRequest(helpToken, createStamp(helpToken))).toMatchObject({ kind: 'accepted' });
  expect(await acceptHelpRequest(helpToken, createStamp(helpToken))).toEqual(outdated);
});

test('a canceled request cannot be accepted; the page of another request cancels none', async () => {
  const { token, helpToken } = await createRequest();
  expect(await cancelHelp(token, helpToken, createStamp('another'))).toEqual({ kind: 'outdated' });
  expect(await cancelHelp(token, helpToken, createStamp(helpToken))).toEqual({ kind: 'canceled', next: 'address' });
  expect(await acceptHelpRequest(helpToken, createStamp(helpToken))).toEqual({ kind: 'outdated' });
});
