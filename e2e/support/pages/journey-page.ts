import { expect, type Locator, type Page } from '@playwright/test';
import en from '../../../lib/i18n/messages/en.json' with { type: 'json' };
import es from '../../../lib/i18n/messages/es.json' with { type: 'json' };

export const words = { en, es };
export type Lang = keyof typeof words;

export type Person = {
  firstName: string;
  lastName: string;
  lastName2?: string;
  birth: [string, string, string];
  phone: string;
  email?: string;
};

/**
 * Brings an element into view and lets the browser draw it there. A click in the very frame of the scroll can land in a
 * frame of another origin, the vault's, that was in that place before.
 */
export async function drawn(element: Locator): Promise<void> {
  // Without script there are no such frames, and nothing that a script could wait for.
  if (element.page().frames().length === 1) return;
  await element.scrollIntoViewIfNeeded();
  await element.evaluate(
    () => new Promise<void>((done) => requestAnimationFrame(() => requestAnimationFrame(() => done()))),
  );
}

/** The journey as a person meets it: by roles and labels, in either language. */
export class JourneyPage {
  readonly page: Page;
  lang: Lang = 'en';

  constructor(page: Page) {
    this.page = page;
  }

  get words() {
    return words[this.lang];
  }

  async start(lang: Lang): Promise<void> {
    this.lang = lang;
    await this.page.goto(`/${lang}`);
    await this.page.getByRole('link', { name: this.words.start.begin }).click();
    await this.expectTitle(this.words.steps.identity.title);
  }

  box(label: string): Locator {
    return this.page.getByRole('textbox', { name: label });
  }

  async expectTitle(title: string): Promise<void> {
    await expect(this.page.getByRole('heading', { level: 1 })).toHaveText(title);
  }

  async continue(): Promise<void> {
    await this.press(this.words.form.continue);
  }

  /** Presses a button where a person would have scrolled to it. */
  async press(name: string): Promise<void> {
    const button = this.page.getByRole('button', { name });
    await drawn(button);
    await button.click();
  }

  /** Until the step's form listens: what is pressed earlier is posted by the browser, as without script. */
  async listening(): Promise<void> {
    await this.page.waitForFunction(() =>
      Object.keys(document.querySelector('main form') ?? {}).some((key) => key.startsWith('__reactProps')),
    );
  }

  /** The same page in the other language, by the switch in its header. */
  async switchLanguage(): Promise<void> {
    const { languageLabel } = this.words.site;
    const isThere = (role: 'button' | 'link') => this.page.getByRole(role, { name: languageLabel, exact: true });
    await isThere('button').or(isThere('link')).click();
    this.lang = this.lang === 'en' ? 'es' : 'en';
    await expect(this.page).toHaveURL(new RegExp(`/${this.lang}(/|$)`));
  }

  async identity({ firstName, lastName, lastName2, birth, phone, email }: Person): Promise<void> {
    const w = this.words.steps.identity;
    await this.page.locator('[name=firstName]').fill(firstName);
    await this.page.locator('[name=lastName]').fill(lastName);
    if (lastName2) await this.page.locator('[name=lastName2]').fill(lastName2);
    await this.box(w.day).fill(birth[0]);
    await this.box(w.month).fill(birth[1]);
    await this.box(w.year).fill(birth[2]);
    await this.box(w.phoneNumber).fill(phone);
    if (email) await this.box(w.email).fill(email);
  }

  async openMore(): Promise<void> {
    await this.page.getByText(this.words.steps.identity.more, { exact: false }).click();
  }

  /** Types into the search until its list is open. */
  async searchAddress(typed: string): Promise<void> {
    const { search } = this.words.steps.address;
    await this.page.getByLabel(search).first().click();
    await this.page.getByRole('combobox', { name: search }).fill(typed);
    await expect(this.page.getByRole('option').first()).toBeVisible();
  }

  /** Picks the first match of a search. */
  async pickAddress(typed: string): Promise<void> {
    await this.searchAddress(typed);
    await this.page.getByRole('option').first().click();
    await expect(this.page.locator('[name=placeDetail]')).toHaveValue(/^\{/);
  }

  async typeAddress(): Promise<void> {
    const fields = {
      address1: 'Calle Dos 10',
      zipCode: '03800',
      city: 'San Pedro de los Pinos',
      state: 'Ciudad de México',
    };
    for (const [name, value] of Object.entries(fields)) await this.page.locator(`[name=${name}]`).fill(value);
  }

  async choosePayment(type: keyof (typeof en)['steps']['payment']['types']): Promise<void> {
    await this.page.getByRole('radio', { name: this.words.steps.payment.types[type] }).check();
  }

  hosted(title: string, label: string): Locator {
    return this.page.frameLocator(`iframe[title="${title}"]`).getByLabel(label);
  }

  async typeCard({
    number,
    expiry,
    code,
    name,
  }: {
    number: string;
    expiry: string;
    code: string;
    name?: string;
  }): Promise<void> {
    const w = this.words.steps.card;
    await this.page.getByRole('radio', { name: w.types.DebitCard }).check();
    await this.hosted(w.number, w.number).pressSequentially(number);
    await this.hosted(w.expirationDate, w.expirationDate).pressSequentially(expiry);
    await this.hosted(w.securityCode, w.securityCode).pressSequentially(code);
    if (name) await this.box(w.nameOnCard).fill(name);
  }

  /** Up to the address. */
  async toAddress(phone: string): Promise<void> {
    await this.identity({ firstName: 'Ana', lastName: 'Ruiz', birth: ['1', '2', '1990'], phone });
    await this.continue();
    await this.expectTitle(this.words.steps.address.title);
  }

  /** From a filled address to the session link, paid with a wallet. */
  async finishWithWallet(): Promise<void> {
    await this.continue();
    await this.expectTitle(this.words.steps.payment.title);
    await this.choosePayment('DigitalWallet');
    await this.continue();
    await this.expectTitle(this.words.review.title);
    await this.submit();
    await this.expectLink();
  }

  /** Where a finished journey ends: the stand-in's landing page. */
  async expectLink(): Promise<void> {
    await expect(this.page).toHaveURL(/^http:\/\/127\.0\.0\.1:\d+\/[A-Za-z0-9]{5}$/);
  }

  /** Up to the choice of how to pay, past an address typed by hand. */
  async toPayment(phone: string): Promise<void> {
    await this.toAddress(phone);
    await this.typeAddress();
    await this.continue();
    await this.expectTitle(this.words.steps.payment.title);
  }

  /** The shortest way to the check page. */
  async walletToReview(phone: string): Promise<void> {
    await this.toPayment(phone);
    await this.choosePayment('DigitalWallet');
    await this.continue();
    await this.expectTitle(this.words.review.title);
  }

  /** At the console: from a case that was just begun to where its customer has to go on. */
  async walletFromCase(phone: string): Promise<void> {
    await this.expectTitle(this.words.steps.identity.title);
    await this.toPayment(phone);
    await this.choosePayment('DigitalWallet');
    await this.continue();
    await this.expectTitle(this.words.assist.theirs.title);
  }

  /** Up to the card page. */
  async toCard(phone: string): Promise<void> {
    await this.toPayment(phone);
    await this.choosePayment('Card');
    await this.continue();
    await this.expectTitle(this.words.steps.card.title);
  }

  async submit(): Promise<void> {
    await this.press(this.words.review.submit);
  }

  /** The error summary has the focus and lists these messages, each once more at its field. */
  async expectErrors(messages: readonly string[]): Promise<void> {
    const summary = this.page.getByRole('alert').filter({ hasText: this.words.form.errorTitle });
    await expect(summary).toBeFocused();
    await expect(summary.getByRole('link')).toHaveText([...messages]);
    await expect(this.page).toHaveTitle(new RegExp(`^${this.words.form.errorPrefix}`));
  }
}
