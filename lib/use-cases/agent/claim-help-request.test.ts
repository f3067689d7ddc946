import { expect, test } from 'vitest';
import { getStore } from '../../store/store.ts';
import { ana, ben } from '../../store/test-people.ts';
import { setUpTestStore } from '../../store/test-store.ts';
import { claimHelpRequest } from './claim-help-request.ts';

setUpTestStore({ LIMIT_CODES_PER_AGENT: '2' });

async function createRequest() {
  const { drafts, helpRequests } = await getStore();
  const helpToken = await helpRequests.create(await drafts.create({ steps: {} }), 'es');
  return { helpToken, code: (await helpRequests.find(helpToken))?.code ?? '' };
}

test('the first agent who enters a code claims the request, and no other agent does', async () => {
  const { helpToken, code } = await createRequest();
  const result = await claimHelpRequest(ana, code.toLowerCase());
  const { helpRequests } = await getStore();
  expect(await helpRequests.find(helpToken)).toMatchObject({ state: 'met', agent: ana.subject, shop: ana.shop });
  expect(result).toEqual({ kind: 'claimed', id: (await helpRequests.find(helpToken))?.id });
  expect(await claimHelpRequest(ben, code)).toEqual({ kind: 'gone' });
});

test('wrong codes are limited by agent; a right code still works, and another agent is not limited', async () => {
  const agent = { ...ana, subject: 'guesser' };
  expect(await claimHelpRequest(agent, 'AAAA-AAAA')).toEqual({ kind: 'gone' });
  expect(await claimHelpRequest(agent, 'A'.repeat(5_000))).toEqual({ kind: 'gone' });
  expect(await claimHelpRequest(agent, 'BBBB-BBBB')).toMatchObject({
    kind: 'limited',
    retryAfterMs: expect.any(Number),
  });
  const { code } = await createRequest();
  expect(await claimHelpRequest(agent, code)).toMatchObject({ kind: 'claimed' });
  expect(await claimHelpRequest({ ...ana, subject: 'careful' }, 'CCCC-CCCC')).toEqual({ kind: 'gone' });
});
