import { readFileSync } from 'node:fs';
import type { APIRequestContext } from '@playwright/test';
import type { Action, Role } from '../../../lib/domain/assist/permissions.ts';
import { expect, freshPhone, test } from '../../support/fixtures.ts';
import { accept, beginCase, colleague, customersPhone, handOverCase, signIn } from '../../support/pages/agent.ts';
import { JourneyPage, words } from '../../support/pages/journey-page.ts';
import { callAction, fromOurPage } from '../../support/pages/server-actions.ts';
import { evidence, runOf } from '../../support/run.ts';
import { raas } from '../../support/sandbox-control.ts';

type Reach = { [Of in Role]: string };
type Row = Reach & {
  /** Does it, or is refused: the status of the answer. */
  door: (as: APIRequestContext, id: string) => Promise<number>;
};

const get = (page: string) => async (as: APIRequestContext, id: string) =>
  (await as.get(`/en/assist${page.replace('<case>', `/cases/${id}`)}`, { maxRedirects: 0 })).status();
type Fields = Record<string, string>;
/** An action is known to the pages that offer it. */
const act =
  (name: string, page: string, args: (id: string) => unknown[], fields: () => Fields = () => ({})) =>
  async (as: APIRequestContext, id: string) => {
    const path = `/en/assist${page.replace('<case>', `/cases/${id}`)}`;
    return (await callAction(as, name, { path, args: args(id), fields: fields() })).status();
  };

const NOBODY = { agent: '', supervisor: '', operator: '', compliance: '' };
const [BEGIN, SERVE] = [
  { ...NOBODY, agent: 'none', supervisor: 'none' },
  { ...NOBODY, agent: 'own shop', supervisor: 'own shop' },
];
const CAUSE = 'ERROR_OFAC_NOT_VALID';

/**
 * Whose cases each role reaches by each door, once more and by hand. `none` stands for doors that are not about a case. What
 * is done at the console without a row here does not compile. The one that ends a case comes last.
 */
const MATRIX: Record<Action, Row> = {
  'case.start': {
    ...BEGIN,
    door: act(
      'startCase',
      '',
      () => ['en', '$undefined'],
      () => ({ phoneNumber: freshPhone(), spoken: 'es' }),
    ),
  },
  'case.takeOver': {
    ...BEGIN,
    door: act(
      'takeOver',
      '',
      () => ['en'],
      () => ({ code: 'no such' }),
    ),
  },
  'case.list': { ...BEGIN, compliance: 'none', door: get('') },
  'case.read': { ...SERVE, door: get('<case>/identity') },
  'case.fill': { ...SERVE, door: act('saveCaseStep', '<case>/identity', (id) => ['en', id, 'identity', '$undefined']) },
  'case.handOver': { ...SERVE, door: act('handOver', '<case>/hand-over', (id) => ['en', id]) },
  'case.confirm': {
    ...SERVE,
    door: act('confirmDevice', '<case>/hand-over', (id) => ['en', id, 'x'.repeat(43)]),
  },
  'case.watch': { ...SERVE, compliance: 'own shop', door: get('<case>/progress') },
  'case.stop': { ...SERVE, door: act('stopHandOver', '<case>/hand-over', (id) => ['en', id]) },
  'case.status': { ...SERVE, compliance: 'own shop', door: act('askStatus', '<case>/hand-over', (id) => ['en', id]) },
  'case.reason': {
    ...{ ...NOBODY, compliance: 'own shop' },
    door: async (as, id) =>
      (await (await as.get(`/en/assist/cases/${id}/hand-over`)).text()).includes(CAUSE) ? 200 : 404,
  },
  'case.history': { ...NOBODY, supervisor: 'own shop', compliance: 'own shop', door: get('<case>/history') },
  'parked.list': { ...NOBODY, supervisor: 'none', door: get('/parked') },
  'parked.resolve': { ...NOBODY, supervisor: 'own shop', door: act('resolveParked', '/parked', (id) => ['en', id]) },
  'figures.read': { ...NOBODY, supervisor: 'none', operator: 'none', door: get('/figures') },
  'session.list': {
    ...{ agent: 'none', supervisor: 'none', operator: 'none', compliance: 'none' },
    door: get('/sessions'),
  },
  'case.close': {
    ...{ ...NOBODY, agent: 'own', supervisor: 'own shop' },
    door: async (as, id) =>
      (
        await as.post('/assist/next', { form: { lang: 'en', case: id }, headers: fromOurPage(), maxRedirects: 0 })
      ).status(),
  },
};

test('who may do what with whose cases: every door, every role, every owner', async ({ page, browser, baseURL }) => {
  // A case that the upstream has refused: it can still be filled in, and has a reason.
  const refused = async (desk: typeof page) => {
    const phone = freshPhone();
    const journey = new JourneyPage(desk);
    await beginCase(desk, phone);
    await journey.walletFromCase(phone);
    const { link } = await handOverCase(desk);
    const theirs = await customersPhone(browser, baseURL);
    const customer = new JourneyPage(theirs);
    customer.lang = 'es';
    await accept(desk, theirs, link);
    await customer.expectTitle(words.es.review.title);
    await raas.next(phone, { status: 400, body: { code: CAUSE } });
    await customer.submit();
    await customer.expectTitle(words.es.outcome.refused.title);
    await theirs.context().close();
    return desk.url().split('/').at(-2) ?? '';
  };
  await signIn(page, 'ana');
  const diana = await colleague(browser, baseURL, 'diana');
  const carla = await colleague(browser, baseURL, 'carla');
  const [anas, dianas, carlas] = [await refused(page), await refused(diana), await refused(carla)];
  const emilio = await colleague(browser, baseURL, 'emilio');
  const fernanda = await colleague(browser, baseURL, 'fernanda');
  // An operator and compliance have no cases of their own.
  const people = [
    ['agent', 'ana', page, { own: anas, shop: dianas, foreign: carlas }],
    ['operator', 'emilio', emilio, { shop: anas, foreign: carlas }],
    ['compliance', 'fernanda', fernanda, { shop: anas, foreign: carlas }],
    ['supervisor', 'diana', diana, { own: dianas, shop: anas, foreign: carlas }],
  ] as const;
  // Nobody watches a case while it is closed: its page would go elsewhere by itself.
  await page.goto('/en/assist');
  let cells = 0;
  const wrong: string[] = [];
  const refusals: { who: string; action: string; id: string }[] = [];
  for (const [action, row] of Object.entries(MATRIX)) {
    const isAboutCases = Object.values<unknown>(row).some(
      (reach) => typeof reach === 'string' && reach.includes('own'),
    );
    for (const [role, who, { request }, cases] of people) {
      for (const [owner, id] of Object.entries(isAboutCases ? cases : { none: '' })) {
        const status = await row.door(request, id);
        const [may, did] = [row[role].split(' ').includes(owner), status !== 404];
        // Done is done with 200 or 303: never by being sent to sign in, and never by a failure.
        if (may !== did || ![200, 303, 404].includes(status)) wrong.push(`${role} ${action} ${owner}: ${status}`);
        // Where a page only leaves out a part, nothing is refused.
        if (!may && action !== 'case.reason') refusals.push({ who, action, id });
        cells += 1;
      }
    }
  }
  expect(wrong).toEqual([]);
  expect(cells).toBe(11 * 10 + 6 * 4);
  // Who was refused what stands in the history of the case, also where the agent is of another shop.
  expect((await carla.request.get(`/en/assist/cases/${anas}/identity`)).status()).toBe(404);
  refusals.push({ who: 'carla', action: 'case.read', id: anas });
  const names = new Map(
    Object.entries(words.en.assist.history.actions).flatMap(([area, actions]) =>
      Object.entries(actions).map(([name, text]) => [`${area}.${name}`, text]),
    ),
  );
  for (const id of [anas, dianas]) {
    await fernanda.goto(`/en/assist/cases/${id}/history`);
    const history = (await fernanda.getByRole('listitem').allInnerTexts()).join('\n');
    const expected = refusals.filter((refusal) => refusal.id === id);
    expect(expected.length).toBeGreaterThan(2);
    for (const { who, action } of expected) {
      const name = words.en.assist.history.refused.replace('{action}', names.get(action) ?? action);
      expect(history).toContain(`${who} · ${name}`);
    }
  }
  // A case of another shop answers like one that does not exist, down to its length.
  const absent = carlas.replace(/[0-9a-f]{12}$/, '0'.repeat(12));
  const bodies = await Promise.all(
    [carlas, absent].map(async (id) => {
      const answer = await page.request.get(`/en/assist/cases/${id}/identity`);
      const text = (await answer.text())
        .replaceAll(id, '')
        .replace(/nonce="[^"]*"/g, '')
        .replace(/"[A-Za-z0-9+/=_-]{20,}"/g, '');
      return [answer.status(), text.length];
    }),
  );
  expect(bodies[0]).toEqual(bodies[1]);
  const logged = readFileSync(evidence(runOf().folder).log, 'utf8');
  for (const cause of ['no case of this shop', 'agent case.history own']) {
    expect(logged).toContain(`"event":"access.refused","cause":"${cause}"`);
  }
  for (const their of [diana, carla, emilio, fernanda]) await their.context().close();
});
