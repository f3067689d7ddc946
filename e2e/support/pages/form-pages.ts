import type { Browser, Page } from '@playwright/test';
import { createPhone, expect } from '../fixtures.ts';
import { getRun } from '../test-run.ts';
import {
  agentMessages,
  openCustomer,
  pressConfirmationCode,
  readConfirmationCode,
  readShortCode,
  signIn,
} from './agent.ts';
import { createFilledCase } from './case-requests.ts';
import { FORM_ROUTES, type FormWalk, findFormRoute } from './form-routes.ts';
import { JourneyPage, messages } from './journey-page.ts';
import { getSameOriginHeaders } from './server-actions.ts';

// Walks that come to every page with a form. The pages are opened without script, so that each state stays until it is left.

const w = messages.en;

/** A page with a form, and how a person posts it. */
export type FormStop = {
  page: Page;
  fill?: (page: Page) => Promise<void>;
  press: (page: Page) => Promise<void>;
  /** `step`: a step's form; `list`: the console's first form, which leads on; `action`: another action; `route`: no action, so no release matters. */
  kind: 'step' | 'list' | 'action' | 'route';
  /** A browser without cookies reads about them, is signed out, or is sent to the identity provider. */
  withoutCookies: 'told' | 'signed-out' | 'provider';
  /** Texts that an outdated form keeps. */
  keeps?: Record<string, string>;
  /** Its script asks the server for the present state, and a browser without cookies is shown another page. */
  isLive?: boolean;
};
export type Visit = (stop: FormStop) => Promise<void>;
type Walk = (openPage: () => Promise<Page>, visit: Visit) => Promise<void>;

const press = (name: string | RegExp) => (page: Page) => page.getByRole('button', { name }).click();

/** Opens folds and presses the button in the last one. */
const unfoldAndPress =
  (folds: readonly string[], name: string) =>
  async (page: Page): Promise<void> => {
    for (const fold of folds) await page.locator('summary').getByText(fold, { exact: true }).click();
    await page.getByRole('button', { name, exact: true }).click();
  };

const pressContinue = (page: Page) => new JourneyPage(page).continue();

const PERSON = { firstName: 'Zoë', lastName: 'Peña', birth: ['1', '2', '1990'] as [string, string, string] };

const walkJourney: Walk = async (openPage, visit) => {
  const page = await openPage();
  const journey = new JourneyPage(page);
  const phone = createPhone();
  const visitStep = async (fill: (page: Page) => Promise<void>, keeps: Record<string, string>) => {
    await visit({ page, fill, press: pressContinue, kind: 'step', withoutCookies: 'told', keeps });
    await fill(page);
    await journey.continue();
  };
  await journey.start('en');
  await visitStep((form) => new JourneyPage(form).fillIdentity({ ...PERSON, phone }), { firstName: 'Zoë' });
  await journey.expectTitle(w.steps.address.title);
  await visitStep((form) => new JourneyPage(form).fillAddress(), { address1: 'Calle Dos 10' });
  await journey.expectTitle(w.steps.payment.title);
  await visitStep((form) => new JourneyPage(form).choosePayment('Card'), {});
  await journey.expectTitle(w.steps.card.title);
  await page.goto('/en/onboarding/payment');
  await journey.choosePayment('DigitalWallet');
  await journey.continue();
  await journey.expectTitle(w.review.title);
  await visit({ page, press: press(w.review.submit), kind: 'action', withoutCookies: 'told' });
  await page.goto('/en');
  const startOver = unfoldAndPress([w.startOver.open], w.startOver.action);
  await visit({ page, press: startOver, kind: 'route', withoutCookies: 'told' });
  await page.goto('/en/onboarding/review');
  await journey.submit();
  await journey.expectLink();
  await page.goto('/en/onboarding/outcome');
  await visit({ page, press: press(w.outcome.succeeded.action), kind: 'action', withoutCookies: 'told' });
};

const walkHandOver: Walk = async (openPage, visit) => {
  const phone = createPhone();
  const [agentPage, page] = [await openPage(), await openPage()];
  const journey = new JourneyPage(page);
  await signIn(agentPage, 'ana');
  const id = await createFilledCase(agentPage.request, phone);
  const visitAgent = (pressButton: FormStop['press'], kind: FormStop['kind'] = 'action') =>
    visit({ page: agentPage, press: pressButton, kind, withoutCookies: 'signed-out', isLive: true });
  const begin = press(w.assist.handOver.begin);
  const stop = unfoldAndPress([w.assist.more, w.assist.stop.open], w.assist.stop.confirm);
  // The agent's last step has begun the hand-over.
  await agentPage.goto(`/en/assist/cases/${id}/hand-over`);
  await visitAgent(stop);
  await stop(agentPage);
  await visitAgent(begin);
  await begin(agentPage);
  const code = await readShortCode(agentPage);
  await visitAgent(unfoldAndPress([w.assist.more, w.assist.close.open], w.assist.close.confirm), 'route');

  const fillCode = (form: Page) => form.getByRole('textbox').fill(code);
  const redeem = press(w.continue.redeem);
  await page.goto('/en/continue');
  await visit({ page, fill: fillCode, press: redeem, kind: 'action', withoutCookies: 'told' });
  await fillCode(page);
  await redeem(page);
  const digits = await readConfirmationCode(page);
  await agentPage.goto(`/en/assist/cases/${id}/hand-over`);
  await visitAgent((form) => pressConfirmationCode(form, digits));
  await pressConfirmationCode(agentPage, digits);
  await page.goto('/en/continue');
  await visit({ page, press: redeem, kind: 'action', withoutCookies: 'told', isLive: true });
  await redeem(page);
  await journey.expectTitle(w.review.title);
  await visit({ page, press: press(w.continue.alone), kind: 'action', withoutCookies: 'told' });
  await journey.submit();
  await journey.expectLink();
  await agentPage.goto(`/en/assist/cases/${id}/hand-over`);
  await visitAgent(press(w.assist.outcome.ask));
  await visitAgent(press(w.assist.next), 'route');
};

const walkHelp: Walk = async (openPage, visit) => {
  const [agentPage, page] = [await openPage(), await openPage()];
  const { help } = w.continue;
  await signIn(agentPage, 'ana');
  await page.goto('/en/continue/help');
  await visit({ page, press: press(help.get), kind: 'action', withoutCookies: 'told' });
  await press(help.get)(page);
  const code = await readShortCode(page);
  await visit({ page, press: press(help.alone), kind: 'action', withoutCookies: 'told', isLive: true });
  await openCustomer(agentPage, code);
  await expect(agentPage.getByRole('heading', { level: 1 })).toHaveText(w.assist.takeOver.title);
  await page.goto('/en/continue/help');
  await visit({ page, press: press(help.agree), kind: 'action', withoutCookies: 'told', isLive: true });
};

const walkConsole: Walk = async (openPage, visit) => {
  const phone = createPhone();
  const page = await openPage();
  const journey = new JourneyPage(page);
  await page.goto('/en/assist/sign-in');
  await visit({ page, press: press(w.assist.signIn.action), kind: 'route', withoutCookies: 'provider' });
  await signIn(page, 'diana');
  await journey.expectTitle(w.assist.title);
  const visitSignedIn = (stop: Pick<FormStop, 'kind' | 'press'> & Partial<FormStop>) =>
    visit({ page, withoutCookies: 'signed-out', ...stop });
  const fillPhone = (form: Page) => form.getByLabel(w.assist.handle).fill(phone);
  await visitSignedIn({ fill: fillPhone, press: press(w.assist.openCase), kind: 'list' });
  const id = await createFilledCase(page.request, phone);
  for (const [step, keeps] of [
    ['identity', { firstName: 'Ana' }],
    ['address', { address1: 'Calle Dos 10' }],
    ['payment', {}],
  ] as const) {
    await page.goto(`/en/assist/cases/${id}/${step}`);
    await journey.expectTitle(agentMessages.en.steps[step].title);
    await visitSignedIn({ press: pressContinue, kind: 'step', keeps });
  }
  await page.goto('/en/assist/figures');
  await visitSignedIn({ press: press(w.assist.figures.show), kind: 'route' });
  await signIn(await openPage(), 'diana');
  await page.goto('/en/assist/sessions');
  const endFirst = (form: Page) => form.getByRole('button', { name: w.assist.sessions.end }).first().click();
  await visitSignedIn({ press: endFirst, kind: 'route', withoutCookies: 'provider' });
  await page.request.post('/assist/lock', { form: { path: '/en/assist' }, headers: getSameOriginHeaders() });
  await page.goto('/en/assist/locked');
  await visitSignedIn({ press: press(w.assist.locked.action), kind: 'route', withoutCookies: 'provider' });
};

const WALKS: Record<FormWalk, Walk> = {
  'the journey': walkJourney,
  'a hand-over': walkHandOver,
  'a request for help': walkHelp,
  'the console': walkConsole,
};

export const FORM_WALKS = Object.keys(FORM_ROUTES) as FormWalk[];

/** Runs a walk with pages whose browsers keep cookies and run no script, and checks that it comes to each of its routes. */
export async function runFormWalk(walk: FormWalk, browser: Browser, visit: Visit): Promise<void> {
  const pages: Page[] = [];
  const openPage = async () => {
    const options = { baseURL: getRun().origins.app, locale: 'en-US', javaScriptEnabled: false };
    const page = await (await browser.newContext(options)).newPage();
    pages.push(page);
    return page;
  };
  const visitedRoutes = new Set<string | undefined>();
  await WALKS[walk](openPage, async (stop) => {
    visitedRoutes.add(findFormRoute(walk, new URL(stop.page.url()).pathname));
    await visit(stop);
  });
  expect([...visitedRoutes].toSorted()).toEqual([...FORM_ROUTES[walk]]);
  for (const page of pages) await page.context().close();
}
