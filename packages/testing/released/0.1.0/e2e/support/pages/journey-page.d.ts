import { type FrameLocator, type Locator, type Page } from '@playwright/test';
import en from '../../../lib/i18n/messages/en.json';
export type Lang = 'en' | 'es';
/** The texts of the default brand. They change with the app's pages. */
export declare const messages: Record<Lang, typeof en>;
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
export declare function scrollIntoView(element: Locator): Promise<void>;
/** The journey as a person meets it: by roles and labels, in either language. */
export declare class JourneyPage {
    readonly page: Page;
    /** The page itself, or the frame of a partner's page in which the journey is. */
    readonly root: Page | FrameLocator;
    lang: Lang;
    constructor(page: Page, root?: Page | FrameLocator);
    get messages(): typeof en;
    start(lang: Lang): Promise<void>;
    getTextbox(label: string): Locator;
    expectTitle(title: string | RegExp): Promise<void>;
    /** Presses the button of a step, which counts the errors while there are any. */
    continue(): Promise<void>;
    /** Presses a button where a person would have scrolled to it. */
    press(name: string | RegExp): Promise<void>;
    /** Until the step's form listens: what is pressed earlier is posted by the browser, as without script. */
    waitForHydration(): Promise<void>;
    /** The same page in the other language, by the switch in its header. */
    switchLanguage(): Promise<void>;
    fillIdentity({ firstName, lastName, lastName2, birth, phone, email }: IdentityInput): Promise<void>;
    /** Opens the optional fields, if they are closed. */
    openOptionalFields(): Promise<void>;
    /** Types into the search until its list is open. */
    searchAddress(query: string): Promise<void>;
    /** Picks the first match of a search. */
    pickAddress(query: string): Promise<void>;
    /** Shows the lines of the address, which are folded under the search, or in a card after a pick. */
    openAddressLines(): Promise<void>;
    fillAddress(): Promise<void>;
    choosePayment(type: keyof (typeof en)['steps']['payment']['types']): Promise<void>;
    getHostedField(title: string, label: string): Locator;
    fillCard({ number, expiry, code, name, }: {
        number: string;
        expiry: string;
        code: string;
        name?: string;
    }): Promise<void>;
    /** Up to the address. */
    goToAddress(phone: string): Promise<void>;
    /** From a filled address to the session link, paid with a wallet. */
    finishWithWallet(): Promise<void>;
    /** Expects the stand-in's landing page, where a finished journey ends. */
    expectLink(): Promise<void>;
    /** Up to the choice of how to pay, past an address typed by hand. */
    goToPayment(phone: string): Promise<void>;
    /** The shortest way to the check page. */
    goToReviewWithWallet(phone: string): Promise<void>;
    /** At the console: fills in a new case up to the page on which its customer has to go on. */
    fillCaseWithWallet(phone: string): Promise<void>;
    /** Up to the card page. */
    goToCard(phone: string): Promise<void>;
    submit(): Promise<void>;
    /** The error summary has the focus and lists these messages, each once more at its field. */
    expectErrors(expectedMessages: readonly string[]): Promise<void>;
}
