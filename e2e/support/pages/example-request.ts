import { expect } from '@playwright/test';
import type { JourneyPage } from './journey-page.ts';

/** The vendor's published example, without importing product code. */
export const EXAMPLE_REQUEST = {
  phoneNumber: '+5215521206706',
  firstName: 'Maria',
  lastName: 'Garcia',
  dob: '1987-06-24',
  city: 'San Pedro de los Pinos',
  zipCode: '03800',
  state: 'CDMX',
  address3: 'Ciudad de México',
  countryCode: 'MX',
  address1: 'Avenida Calle Dos 296',
  latitude: 19.3953755,
  longitude: -99.1384059,
  gender: 'Male',
  email: 'ariel+fielContigo@leapfinancial.com',
  lang: 'en',
  birthState: 'MX-CMX',
  paymentMethodType: 'Card',
  addCardParams: {
    nameOnCard: 'Juan Perez Gomez',
    cardtype: 'DebitCard',
    expirationDate: '1128',
    cardNetwork: 'Visa',
    name: 'VISA-1111',
    number: expect.stringMatching(/^tok_sandbox_[1-9A-HJ-NP-Za-km-z]{22}_1111$/),
  },
};
/** Fields that may be added to the example, each with its form. */
export const EXTRA_FIELDS = {
  streetNumber: '296',
  placeDetail: expect.any(String),
};
export const EXTRA_CARD_FIELDS = {
  securityCode: expect.stringMatching(/^tok_sandbox_[1-9A-HJ-NP-Za-km-z]{22}$/),
  country: 'MX',
  currency: 'MXN',
};

/**
 * Types the example's person from an empty form to the check page. Tests that run side by side on one server need a phone
 * and an e-mail each: one person is sent once at a time.
 */
export async function fillExample(journey: JourneyPage, phone: string, email = EXAMPLE_REQUEST.email): Promise<void> {
  const { page } = journey;
  const { identity, address, payment, card } = journey.messages.steps;
  await journey.fillIdentity({
    firstName: 'Maria',
    lastName: 'Garcia',
    birth: ['24', '6', '1987'],
    phone,
    email,
  });
  await journey.openOptionalFields();
  await page.getByRole('radio', { name: identity.genders.Male, exact: true }).check();
  await page.getByLabel(identity.birthState).selectOption('Ciudad de México');
  await journey.continue();
  await journey.expectTitle(address.title);
  await journey.pickAddress('Calle Dos 296');
  await journey.continue();
  await journey.expectTitle(payment.title);
  await journey.choosePayment('Card');
  await journey.continue();
  await journey.expectTitle(card.title);
  await journey.fillCard({ number: '4111111111111111', expiry: '1128', code: '123', name: 'Juan Perez Gomez' });
  await journey.continue();
  await journey.expectTitle(journey.messages.review.title);
}
