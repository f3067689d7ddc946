import { expect } from '@playwright/test';
import en from '../../lib/i18n/messages/en.json' with { type: 'json' };
import es from '../../lib/i18n/messages/es.json' with { type: 'json' };
import { TYPED_ADDRESS } from '../support/pages/test-address.ts';
import { waitUntil } from '../support/run-helpers.ts';
import { type BrowserPage, MAX_WAIT_MS } from './engine.ts';
import type { TlsStack } from './tls-stack.ts';

const messages = { en, es };
export type Lang = keyof typeof messages;

const getField = (name: string) => `//*[@name='${name}' and not(@type='hidden')]`;
const getChoice = (name: string, value: string) => `//label[input[@name='${name}' and @value='${value}']]`;
/** XPath 1.0 has no escapes, and texts have apostrophes: a text is found by its beginning. */
const startsWith = (text: string) => `starts-with(normalize-space(), "${text}")`;

/** A person at one page of a browser: a customer, or an agent. */
export class Visitor {
  readonly page: BrowserPage;
  readonly stack: TlsStack;
  readonly lang: Lang;

  constructor(page: BrowserPage, stack: TlsStack, lang: Lang) {
    this.page = page;
    this.stack = stack;
    this.lang = lang;
  }

  get messages() {
    return messages[this.lang];
  }

  /** @param path of the app, without its language */
  goto = (path: string) => this.page.goto(`${this.stack.origins.app}/${this.lang}${path}`);
  press = (text: string) => this.page.click(`//button[${startsWith(text)}]`);
  follow = (text: string) => this.page.click(`//a[${startsWith(text)}]`);
  choose = (name: string, value: string) => this.page.click(getChoice(name, value));

  async fill(fields: Readonly<Record<string, string>>): Promise<void> {
    for (const [name, text] of Object.entries(fields)) await this.page.fill(getField(name), text);
  }

  /** Reads something until it has this form. @returns what was read last */
  async waitFor(read: () => Promise<string>, form: RegExp): Promise<string> {
    let text = '';
    await waitUntil(MAX_WAIT_MS, async () => {
      text = await read();
      return form.test(text) || undefined;
    });
    expect(text).toMatch(form);
    return text;
  }

  async expectTitle(title: string): Promise<void> {
    await this.page.getText(`//h1[${startsWith(title)}]`);
  }

  async continue(): Promise<void> {
    await this.press(this.messages.form.continue);
  }

  /** Fills in the first step but for the phone, which a case has already. */
  async fillPerson(): Promise<void> {
    await this.expectTitle(this.messages.steps.identity.title);
    await this.fill({ firstName: 'Ana', lastName: 'Ruiz', 'dob.day': '1', 'dob.month': '2', 'dob.year': '1990' });
  }

  /** From the start page to the address. */
  async goToAddress(phone: string): Promise<void> {
    await this.goto('');
    await this.follow(this.messages.start.begin);
    await this.fillPerson();
    await this.fill({ phoneNumber: phone });
    await this.continue();
    await this.expectTitle(this.messages.steps.address.title);
  }

  /** Opens the lines of the address, which are folded under the search, and fills them in. */
  async fillAddress(): Promise<void> {
    await this.page.click(`//summary[${startsWith(this.messages.steps.address.byHand)}]`);
    await this.fill(TYPED_ADDRESS);
  }

  /** Picks the first match of the address search. */
  async pickAddress(query: string): Promise<void> {
    await this.page.click("//input[@id='place-search']");
    await this.page.fill("//input[@role='combobox']", query);
    await this.page.click("//*[@role='listbox']//*[@role='option']");
    const place = await this.waitFor(() => this.page.getValue("//input[@name='placeDetail']"), /^\{/);
    expect(JSON.parse(place)).toHaveProperty('place_id');
  }

  /** From a complete address to the chosen way to pay. */
  async goToPayment(type: keyof typeof en.steps.payment.types): Promise<void> {
    await this.continue();
    await this.expectTitle(this.messages.steps.payment.title);
    await this.choose('paymentMethodType', type);
  }

  async fillCard(number: string): Promise<void> {
    const { card } = this.messages.steps;
    await this.expectTitle(card.title);
    await this.choose('addCardParams.cardtype', 'DebitCard');
    for (const [label, text] of [
      [card.number, number],
      [card.expirationDate, '1128'],
      [card.securityCode, '123'],
    ] as const)
      await this.page.fill('//input', text, `//iframe[@title="${label}"]`);
  }

  /** Presses the last button and expects the session link. */
  async submit(): Promise<void> {
    await this.expectTitle(this.messages.review.title);
    await this.press(this.messages.review.submit);
    const link = await this.waitFor(this.page.getUrl, /\/[A-Za-z0-9]{5}$/);
    expect(new URL(link).origin).toBe(this.stack.origins.links);
  }
}
