import { expect, type FrameLocator, type Locator, type Page } from '@playwright/test';
import en from '../../../lib/i18n/messages/en.json' with { type: 'json' };
import es from '../../../lib/i18n/messages/es.json' with { type: 'json' };
import { agentMessages } from './agent-messages.ts';
import { fillFields } from './fill-field.ts';
import { TYPED_ADDRESS } from './test-address.ts';

export type Lang = 'en' | 'es';
/** The texts of the default brand. They change with the app's pages. */
export const messages: Record<Lang, typeof en> = { en, es };

export type IdentityInput = {
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
export async function scrollIntoView(element: Locator): Promise<void> {
  // Without script there are no such frames, and nothing that a script could wait for.
  if (element.page().frames().length === 1) return;
  await element.scrollIntoViewIfNeeded();
  await element.evaluate(
    () => new Promise<void>((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve()))),
  );
}

/** The journey as a person meets it: by roles and labels, in either language. */
export class JourneyPage {
  readonly page: Page;
  /** The page itself, or the frame of a partner's page in which the journey is. */
  readonly root: Page | FrameLocator;
  lang: Lang = 'en';

  constructor(page: Page, root: Page | FrameLocator = page) {
    this.page = page;
    this.root = root;
  }

  get messages(): typeof en {
    return messages[this.lang];
  }

  async start(lang: Lang): Promise<void> {
    this.lang = lang;
    await this.page.goto(`/${lang}`);
    await this.root.getByRole('link', { name: this.messages.start.begin }).click();
    await this.expectTitle(this.messages.steps.identity.title);
  }

  getTextbox(label: string): Locator {
    return this.root.getByRole('textbox', { name: label });
  }

  async expectTitle(title: string | RegExp): Promise<void> {
    await expect(this.root.getByRole('heading', { level: 1 })).toHaveText(title);
  }

  /** Presses the button of a step, which counts the errors while there are any. */
  async continue(): Promise<void> {
    const { continue: name, fix } = this.messages.form;
    await this.press(new RegExp(`^(${name}|${fix.replace('{count}', '\\d+')})$`));
  }

  /** Presses a button where a person would have scrolled to it. */
  async press(name: string | RegExp): Promise<void> {
    const button = this.root.getByRole('button', { name });
    await scrollIntoView(button);
    await button.click();
  }

  /** Until the step's form listens: what is pressed earlier is posted by the browser, as without script. */
  async waitForHydration(): Promise<void> {
    // A key that types nothing: the first touch starts the scripts of a page.
    await this.page.keyboard.press('Shift');
    await this.page.waitForFunction(() =>
      Object.keys(document.querySelector('main form') ?? {}).some((key) => key.startsWith('__reactProps')),
    );
  }

  /** The same page in the other language, by the switch in its header. */
  async switchLanguage(): Promise<void> {
    const { languageLabel } = this.messages.site;
    const getSwitch = (role: 'button' | 'link') => this.root.getByRole(role, { name: languageLabel, exact: true });
    await getSwitch('button').or(getSwitch('link')).click();
    this.lang = this.lang === 'en' ? 'es' : 'en';
    await expect(this.page).toHaveURL(new RegExp(`/${this.lang}(/|$)`));
  }

  async fillIdentity({ firstName, lastName, lastName2, birth, phone, email }: IdentityInput): Promise<void> {
    const w = this.messages.steps.identity;
    await this.root.locator('[name=firstName]').fill(firstName);
    await this.root.locator('[name=lastName]').fill(lastName);
    if (lastName2) await this.root.locator('[name=lastName2]').fill(lastName2);
    await this.getTextbox(w.day).fill(birth[0]);
    await this.getTextbox(w.month).fill(birth[1]);
    await this.getTextbox(w.year).fill(birth[2]);
    await this.root.locator('[name=phoneNumber]').fill(phone);
    if (email) {
      await this.openOptionalFields();
      await this.getTextbox(w.email).fill(email);
    }
  }

  /** Opens the optional fields, if they are closed. */
  async openOptionalFields(): Promise<void> {
    const { more } = this.messages.steps.identity;
    const summary = this.root.locator('details:not([open]) > summary', { hasText: more });
    if ((await summary.count()) > 0) await summary.click();
  }

  /**
   * Types into the search until its list is open.
   *
   * @param search the label of the search, which is another one at the console
   */
  async searchAddress(query: string, search = this.messages.steps.address.search): Promise<void> {
    await this.root.getByLabel(search).first().click();
    await this.root.getByRole('combobox', { name: search }).fill(query);
    await expect(this.root.getByRole('listbox').getByRole('option').first()).toBeVisible();
  }

  /** Picks the first match of a search. */
  async pickAddress(query: string, search?: string): Promise<void> {
    await this.searchAddress(query, search);
    await this.root.getByRole('listbox').getByRole('option').first().click();
    await expect(this.root.locator('[name=placeDetail]')).toHaveValue(/^\{/);
  }

  /** Shows the lines of the address, which are folded under the search, or in a card after a pick. */
  async openAddressLines(): Promise<void> {
    const { byHand, change } = this.messages.steps.address;
    const street = this.root.locator('[name=address1]');
    const opener = this.root
      .locator('summary', { hasText: byHand })
      .or(this.root.getByRole('button', { name: change }));
    await expect(street.or(opener).filter({ visible: true }).first()).toBeVisible();
    if (!(await street.isVisible())) await opener.filter({ visible: true }).click();
    await expect(street).toBeVisible();
  }

  async fillAddress(): Promise<void> {
    await this.openAddressLines();
    await fillFields(this.root, TYPED_ADDRESS);
  }

  async choosePayment(type: keyof (typeof en)['steps']['payment']['types']): Promise<void> {
    await this.root.getByRole('radio', { name: this.messages.steps.payment.types[type] }).check();
  }

  getHostedField(title: string, label: string): Locator {
    return this.root.frameLocator(`iframe[title="${title}"]`).getByLabel(label);
  }

  async fillCard({
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
    const w = this.messages.steps.card;
    await this.root.getByRole('radio', { name: w.types.DebitCard }).check();
    await this.getHostedField(w.number, w.number).pressSequentially(number);
    await this.getHostedField(w.expirationDate, w.expirationDate).pressSequentially(expiry);
    await this.getHostedField(w.securityCode, w.securityCode).pressSequentially(code);
    if (name) await this.getTextbox(w.nameOnCard).fill(name);
  }

  /** Up to the address. */
  async goToAddress(phone: string): Promise<void> {
    await this.fillIdentity({ firstName: 'Ana', lastName: 'Ruiz', birth: ['1', '2', '1990'], phone });
    await this.continue();
    await this.expectTitle(this.messages.steps.address.title);
  }

  /** From a filled address to the session link, paid with a wallet. */
  async finishWithWallet(): Promise<void> {
    await this.continue();
    await this.expectTitle(this.messages.steps.payment.title);
    await this.choosePayment('DigitalWallet');
    await this.continue();
    await this.expectTitle(this.messages.review.title);
    await this.submit();
    await this.expectLink();
  }

  /** Expects the stand-in's landing page, where a finished journey ends. */
  async expectLink(): Promise<void> {
    await expect(this.page).toHaveURL(/^http:\/\/127\.0\.0\.1:\d+\/[A-Za-z0-9]{5}$/);
  }

  /** Up to the choice of how to pay, past an address typed by hand. */
  async goToPayment(phone: string): Promise<void> {
    await this.goToAddress(phone);
    await this.fillAddress();
    await this.continue();
    await this.expectTitle(this.messages.steps.payment.title);
  }

  /** The shortest way to the check page. */
  async goToReviewWithWallet(phone: string): Promise<void> {
    await this.goToPayment(phone);
    await this.choosePayment('DigitalWallet');
    await this.continue();
    await this.expectTitle(this.messages.review.title);
  }

  /** At the console: fills in a new case up to the page on which its customer has to go on. */
  async fillCaseWithWallet(phone: string): Promise<void> {
    const { steps, assist } = agentMessages[this.lang];
    await this.expectTitle(steps.identity.title);
    await this.fillIdentity({ firstName: 'Ana', lastName: 'Ruiz', birth: ['1', '2', '1990'], phone });
    await this.continue();
    await this.expectTitle(steps.address.title);
    await this.fillAddress();
    await this.continue();
    await this.expectTitle(steps.payment.title);
    await this.choosePayment('DigitalWallet');
    await this.continue();
    await this.expectTitle(assist.handOver.title);
  }

  /** Up to the card page. */
  async goToCard(phone: string): Promise<void> {
    await this.goToPayment(phone);
    await this.choosePayment('Card');
    await this.continue();
    await this.expectTitle(this.messages.steps.card.title);
  }

  async submit(): Promise<void> {
    await this.press(this.messages.review.submit);
  }

  /** The error summary has the focus and lists these messages, each once more at its field. */
  async expectErrors(expectedMessages: readonly string[]): Promise<void> {
    const summary = this.root.getByRole('alert').filter({ hasText: this.messages.form.errorTitle });
    await expect(summary).toBeFocused();
    await expect(summary.getByRole('link')).toHaveText([...expectedMessages]);
    await expect(this.page).toHaveTitle(new RegExp(`^${this.messages.form.errorPrefix}`));
  }
}
