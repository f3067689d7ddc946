import { readFileSync } from 'node:fs';
import type { APIRequestContext } from '@playwright/test';
import type { Action, AgentRole } from '../../../lib/domain/assist/permissions.ts';
import { createPhone, expect, test } from '../../support/fixtures.ts';
import { openAgentPage, signIn } from '../../support/pages/agent.ts';
import { createFilledCase, handOverByPosts, submitByPosts } from '../../support/pages/case-requests.ts';
import { messages } from '../../support/pages/journey-page.ts';
import { callAction, getSameOriginHeaders } from '../../support/pages/server-actions.ts';
import { raas } from '../../support/stand-in-controls.ts';
import { getEvidencePaths, getRun } from '../../support/test-run.ts';

type AllowedCases = { [Of in AgentRole]: string };
type Row = AllowedCases & {
  /** Does it, or is refused: the status of the answer. */
  attempt: (client: APIRequestContext, id: string) => Promise<number>;
};

const getPage = (page: string) => async (client: APIRequestContext, id: string) =>
  (await client.get(`/en/assist${page.replace('<case>', `/cases/${id}`)}`, { maxRedirects: 0 })).status();
type Fields = Record<string, string>;
/** An action is known to the pages that offer it. */
const callAsAction =
  (name: string, page: string, args: (id: string) => unknown[], fields: () => Fields = () => ({})) =>
  async (client: APIRequestContext, id: string) => {
    const path = `/en/assist${page.replace('<case>', `/cases/${id}`)}`;
    return (await callAction(client, name, { path, args: args(id), fields: fields() })).status();
  };

const NO_ONE_ALLOWED = { agent: '', supervisor: '', operator: '', compliance: '' };
const [ANYONE_BEGINS, OWN_SHOP_ONLY] = [
  { ...NO_ONE_ALLOWED, agent: 'none', supervisor: 'none' },
  { ...NO_ONE_ALLOWED, agent: 'own shop', supervisor: 'own shop' },
];
/** As the identity provider states them. */
const AGENT_NAMES: Readonly<Record<string, string>> = {
  ana: 'Ana Torres',
  carla: 'Carla Núñez',
  diana: 'Diana Vega',
  emilio: 'Emilio Ríos',
  fernanda: 'Fernanda Gil',
};
const REFUSAL_CAUSE = 'ERROR_OFAC_NOT_VALID';

/**
 * The cases that each role reaches by each action, written by hand once more. `none` stands for actions that are not about a
 * case. An action without a row does not compile. The one that ends a case comes last.
 */
const PERMISSIONS: Record<Action, Row> = {
  'case.start': {
    ...ANYONE_BEGINS,
    attempt: callAsAction(
      'startCase',
      '',
      () => ['en', '$undefined'],
      () => ({ phoneNumber: createPhone(), spoken: 'es' }),
    ),
  },
  'case.takeOver': {
    ...ANYONE_BEGINS,
    attempt: callAsAction(
      'startCase',
      '',
      () => ['en', '$undefined'],
      () => ({ phoneNumber: 'AB2C 3D4E', spoken: 'es' }),
    ),
  },
  'case.list': { ...ANYONE_BEGINS, compliance: 'none', attempt: getPage('') },
  'case.read': { ...OWN_SHOP_ONLY, attempt: getPage('<case>/identity') },
  'case.fill': {
    ...OWN_SHOP_ONLY,
    attempt: callAsAction('saveCaseStep', '<case>/identity', (id) => ['en', id, 'identity', '$undefined']),
  },
  'case.handOver': {
    ...OWN_SHOP_ONLY,
    attempt: callAsAction('handOver', '<case>/hand-over', (id) => ['en', id, 'hand-over']),
  },
  'case.confirm': {
    ...OWN_SHOP_ONLY,
    attempt: callAsAction('confirmDevice', '<case>/hand-over', (id) => ['en', id, 'x'.repeat(43), 'hand-over']),
  },
  'case.watch': { ...OWN_SHOP_ONLY, compliance: 'own shop', attempt: getPage('<case>/progress') },
  'case.stop': { ...OWN_SHOP_ONLY, attempt: callAsAction('stopHandOver', '<case>/hand-over', (id) => ['en', id]) },
  'case.status': {
    ...OWN_SHOP_ONLY,
    compliance: 'own shop',
    attempt: callAsAction('askStatus', '<case>/hand-over', (id) => ['en', id]),
  },
  'case.reason': {
    ...NO_ONE_ALLOWED,
    compliance: 'own shop',
    attempt: async (client, id) =>
      (await (await client.get(`/en/assist/cases/${id}/hand-over`)).text()).includes(REFUSAL_CAUSE) ? 200 : 404,
  },
  'case.history': {
    ...NO_ONE_ALLOWED,
    supervisor: 'own shop',
    compliance: 'own shop',
    attempt: getPage('<case>/history'),
  },
  'parked.list': { ...NO_ONE_ALLOWED, supervisor: 'none', attempt: getPage('/parked') },
  'parked.resolve': {
    ...NO_ONE_ALLOWED,
    supervisor: 'own shop',
    attempt: callAsAction('resolveParked', '/parked', (id) => ['en', id]),
  },
  'figures.read': { ...NO_ONE_ALLOWED, supervisor: 'none', operator: 'none', attempt: getPage('/figures') },
  'session.list': {
    agent: 'none',
    supervisor: 'none',
    operator: 'none',
    compliance: 'none',
    attempt: getPage('/sessions'),
  },
  'case.close': {
    ...NO_ONE_ALLOWED,
    agent: 'own',
    supervisor: 'own shop',
    attempt: async (client, id) =>
      (
        await client.post('/assist/next', {
          form: { lang: 'en', case: id },
          headers: getSameOriginHeaders(),
          maxRedirects: 0,
        })
      ).status(),
  },
};

test('who may do what with whose cases: every door, every role, every owner', async ({ page, browser, baseURL }) => {
  // A case that the upstream has refused: it can still be filled in, and has a reason.
  const createRefusedCase = async (agent: APIRequestContext) => {
    const phone = createPhone();
    const customer = await browser.newContext({ baseURL: baseURL ?? '' });
    const id = await createFilledCase(agent, phone);
    await handOverByPosts(agent, customer.request, id);
    await raas.setNextAnswer(phone, { status: 400, body: { code: REFUSAL_CAUSE } });
    expect(await submitByPosts(customer.request)).toContain('/outcome');
    expect(await (await customer.request.get('/es/onboarding/outcome')).text()).toContain(
      messages.es.outcome.refused.title,
    );
    await customer.close();
    return id;
  };
  await signIn(page, 'ana');
  const diana = await openAgentPage(browser, baseURL, 'diana');
  const carla = await openAgentPage(browser, baseURL, 'carla');
  const [anaCaseId, dianaCaseId, carlaCaseId] = [
    await createRefusedCase(page.request),
    await createRefusedCase(diana.request),
    await createRefusedCase(carla.request),
  ];
  const emilio = await openAgentPage(browser, baseURL, 'emilio');
  const fernanda = await openAgentPage(browser, baseURL, 'fernanda');
  // An operator and compliance have no cases of their own.
  const people = [
    ['agent', 'ana', page, { own: anaCaseId, shop: dianaCaseId, foreign: carlaCaseId }],
    ['operator', 'emilio', emilio, { shop: anaCaseId, foreign: carlaCaseId }],
    ['compliance', 'fernanda', fernanda, { shop: anaCaseId, foreign: carlaCaseId }],
    ['supervisor', 'diana', diana, { own: dianaCaseId, shop: anaCaseId, foreign: carlaCaseId }],
  ] as const;
  // An open page of a case would leave by itself when the case is closed.
  await page.goto('/en/assist');
  let cellCount = 0;
  const failures: string[] = [];
  const refusals: { who: string; action: string; id: string }[] = [];
  for (const [action, row] of Object.entries(PERMISSIONS)) {
    const isAboutCases = Object.values<unknown>(row).some(
      (allowedCases) => typeof allowedCases === 'string' && allowedCases.includes('own'),
    );
    for (const [role, agentId, { request }, cases] of people) {
      for (const [owner, id] of Object.entries(isAboutCases ? cases : { none: '' })) {
        const status = await row.attempt(request, id);
        const [isAllowed, wasReached] = [row[role].split(' ').includes(owner), status !== 404];
        // Done is done with 200 or 303: never by being sent to sign in, and never by a failure.
        if (isAllowed !== wasReached || ![200, 303, 404].includes(status))
          failures.push(`${role} ${action} ${owner}: ${status}`);
        // A page that only leaves out a part rejects nothing.
        if (!isAllowed && action !== 'case.reason') refusals.push({ who: agentId, action, id });
        cellCount += 1;
      }
    }
  }
  expect(failures).toEqual([]);
  expect(cellCount).toBe(11 * 10 + 6 * 4);
  // The history of the case lists each rejection, also of agents of another shop.
  expect((await carla.request.get(`/en/assist/cases/${anaCaseId}/identity`)).status()).toBe(404);
  refusals.push({ who: 'carla', action: 'case.read', id: anaCaseId });
  const names = new Map(
    Object.entries(messages.en.assist.history.actions).flatMap(([area, actions]) =>
      Object.entries(actions).map(([name, text]) => [`${area}.${name}`, text]),
    ),
  );
  for (const id of [anaCaseId, dianaCaseId]) {
    await fernanda.goto(`/en/assist/cases/${id}/history`);
    const history = (await fernanda.getByRole('listitem').allInnerTexts()).join('\n');
    const expectedRefusals = refusals.filter((refusal) => refusal.id === id);
    expect(expectedRefusals.length).toBeGreaterThan(2);
    for (const { who: agentId, action } of expectedRefusals) {
      const name = messages.en.assist.history.refused.replace('{action}', names.get(action) ?? action);
      expect(history).toContain(`${AGENT_NAMES[agentId]} · ${name}`);
    }
  }
  // A case of another shop answers like one that does not exist, down to its length.
  const absentCaseId = carlaCaseId.replace(/[0-9a-f]{12}$/, '0'.repeat(12));
  const bodies = await Promise.all(
    [carlaCaseId, absentCaseId].map(async (id) => {
      const answer = await page.request.get(`/en/assist/cases/${id}/identity`);
      const text = (await answer.text())
        .replaceAll(id, '')
        .replace(/nonce="[^"]*"/g, '')
        .replace(/"[A-Za-z0-9+/=_-]{20,}"/g, '');
      return [answer.status(), text.length];
    }),
  );
  expect(bodies[0]).toEqual(bodies[1]);
  const logText = readFileSync(getEvidencePaths(getRun().folder).log, 'utf8');
  for (const cause of ['no case of this shop', 'agent case.history own']) {
    expect(logText).toContain(`"event":"access.refused","cause":"${cause}"`);
  }
  for (const agentPage of [diana, carla, emilio, fernanda]) await agentPage.context().close();
});
