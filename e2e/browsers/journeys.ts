import { expect } from '@playwright/test';
import { createPhone } from '../support/fixtures.ts';
import { SENT_ADDRESS } from '../support/pages/test-address.ts';
import type { RunningEngine } from './engine.ts';
import type { TlsStack } from './tls-stack.ts';
import { type Lang, Visitor } from './visitor.ts';

/** Opens a page with cookies of its own. */
type OpenPage = RunningEngine['openPage'];
type Journey = { title: string; run: (openPage: OpenPage, stack: TlsStack) => Promise<void> };

const CARD_NUMBER = '4111111111111111';
const PERSON = { firstName: 'Ana', lastName: 'Ruiz', dob: '1990-02-01' };

/** Expects exactly one submission of this phone, and these answers in it. */
async function expectReceived(stack: TlsStack, phone: string, body: object): Promise<void> {
  const calls = await stack.raas.getSubmitRequests(phone);
  expect(calls.map(({ status }) => status)).toEqual([200]);
  expect(JSON.parse(calls[0]?.body ?? '')).toMatchObject({
    ...PERSON,
    phoneNumber: phone.replace('+52', '+521'),
    ...body,
  });
}

async function runWallet(openPage: OpenPage, stack: TlsStack): Promise<void> {
  const phone = createPhone();
  const customer = new Visitor(await openPage(), stack, 'en');
  await customer.goToAddress(phone);
  await customer.fillAddress();
  await customer.goToPayment('DigitalWallet');
  await customer.continue();
  await customer.submit();
  await expectReceived(stack, phone, { ...SENT_ADDRESS, lang: 'en', paymentMethodType: 'DigitalWallet' });
}

async function runAccount(openPage: OpenPage, stack: TlsStack): Promise<void> {
  const phone = createPhone();
  const number = '002320275621938815';
  const customer = new Visitor(await openPage(), stack, 'es');
  await customer.goToAddress(phone);
  await customer.fillAddress();
  await customer.goToPayment('UBN');
  await customer.fill({ 'ubnParams.number': number });
  await customer.continue();
  await customer.submit();
  await expectReceived(stack, phone, { ...SENT_ADDRESS, lang: 'es', paymentMethodType: 'UBN', ubnParams: { number } });
}

async function runSearchAndCard(openPage: OpenPage, stack: TlsStack): Promise<void> {
  const phone = createPhone();
  const customer = new Visitor(await openPage(), stack, 'es');
  await customer.goToAddress(phone);
  await customer.pickAddress('Calle Dos 296');
  await customer.goToPayment('Card');
  await customer.continue();
  await customer.fillCard(CARD_NUMBER);
  await customer.continue();
  await customer.submit();
  await expectReceived(stack, phone, {
    ...SENT_ADDRESS,
    address1: 'Avenida Calle Dos 296',
    latitude: 19.3953755,
    placeDetail: expect.stringContaining('sandbox-calle-dos-296'),
    lang: 'es',
    paymentMethodType: 'Card',
    addCardParams: {
      cardtype: 'DebitCard',
      cardNetwork: 'Visa',
      expirationDate: '1128',
      number: expect.stringMatching(/_1111$/),
    },
  });
  expect(stack.readTraffic().includes(CARD_NUMBER)).toBe(false);
}

/** A partner sends all answers: the customer sees one page with one button. */
async function runPartnerLink(openPage: OpenPage, stack: TlsStack, lang: Lang, method: 'fragment' | 'post') {
  const phone = createPhone();
  const { app, partner } = stack.origins;
  const answers = { ...PERSON, ...SENT_ADDRESS, phoneNumber: phone, paymentMethodType: 'DigitalWallet' };
  const response = await fetch(`${partner}/token`, {
    method: 'POST',
    body: JSON.stringify({ content: { answers, lang } }),
  });
  const token = await response.text();
  const customer = new Visitor(await openPage(), stack, lang);
  if (method === 'fragment') await customer.page.goto(`${app}/partner#${token}`);
  else {
    await customer.page.goto(`${partner}/post?token=${token}`);
    await customer.page.click('//button');
  }
  await customer.submit();
  await expectReceived(stack, phone, { ...SENT_ADDRESS, lang, paymentMethodType: 'DigitalWallet' });
}

/** An agent starts a case and hands it over; the customer types the code, the agent chooses the number, the customer ends. */
async function runHandOver(openPage: OpenPage, stack: TlsStack): Promise<void> {
  const phone = createPhone();
  const agent = new Visitor(await openPage(), stack, 'en');
  await agent.goto('/assist');
  await agent.press(agent.messages.assist.signIn.action);
  await agent.page.click("//a[contains(@href, 'as=ana')]");
  await agent.page.fill("//form[@id='step-form']//input[@autocomplete='off']", phone);
  await agent.page.click("//form[@id='step-form']//button[@type='submit']");
  const caseUrl = await agent.waitFor(agent.page.getUrl, /\/cases\/[^/]+\/[a-z-]+$/);
  await agent.page.goto(caseUrl.replace(/[^/]+$/, 'hand-over'));
  await agent.press(agent.messages.assist.handOver.begin);
  const code = await agent.page.getText('//strong[string-length(normalize-space())=9]');

  const customer = new Visitor(await openPage(), stack, 'es');
  await customer.goto('/continue');
  await customer.fill({ code });
  await customer.press(customer.messages.continue.redeem);
  const digits = await customer.page.getText('//main//p[string-length(normalize-space())=2]');
  await agent.page.click(`//button[contains(., '${digits}')]`);
  await customer.fillPerson();
  await customer.continue();
  await customer.expectTitle(customer.messages.steps.address.title);
  await customer.fillAddress();
  await customer.goToPayment('DigitalWallet');
  await customer.continue();
  await customer.submit();
  await expectReceived(stack, phone, { ...SENT_ADDRESS, lang: 'es', paymentMethodType: 'DigitalWallet' });
}

/** From the first page to the session link, in each engine. */
export const JOURNEYS: readonly Journey[] = [
  { title: 'wallet, in English', run: runWallet },
  { title: 'account number, in Spanish', run: runAccount },
  { title: 'address search and card, in Spanish', run: runSearchAndCard },
  {
    title: 'partner link by fragment, in English',
    run: (openPage, stack) => runPartnerLink(openPage, stack, 'en', 'fragment'),
  },
  {
    title: 'partner link by post, in Spanish',
    run: (openPage, stack) => runPartnerLink(openPage, stack, 'es', 'post'),
  },
  { title: 'hand-over from an agent, in English, to a customer, in Spanish', run: runHandOver },
];
