import { listPostalPrefixes } from './address/postal-prefix-table.ts';
import { listStates } from './address/states.ts';
import type { FormInput } from './form-input.ts';
import type { JourneyContext, Spelling } from './journey-context.ts';
import type { StepId } from './steps/index.ts';
import type { ConsentRecord } from './submission.ts';

/** The vendor's published example as a person would type it. For tests and for the brand's preview. */
export const sampleContext: JourneyContext = {
  today: '2026-11-22',
  country: 'MX',
  states: listStates('MX'),
  countries: ['MX'],
  postalPrefixes: listPostalPrefixes(['MX']),
  phoneRules: [
    {
      country: 'MX',
      callingCode: '52',
      mobilePattern: '[2-9]\\d{9}',
      trunkPrefix: '1?(?:044|045|01)|1',
      example: '222 123 4567',
    },
  ],
  paymentMethodTypes: ['Card', 'UBN', 'BankAccount', 'DigitalWallet'],
  fields: {
    lastName2: 'optional',
    middleName: 'optional',
    email: 'optional',
    gender: 'optional',
    birthState: 'optional',
  },
  vaultEnvironment: 'sandbox',
};

export const sampleSpelling: Spelling = { mexicanMobile: 'documented', state: 'short', birthState: 'iso' };

export const sampleConsent: ConsentRecord = {
  version: '2026-11',
  hash: 'f0'.repeat(32),
  lang: 'en',
  at: '2026-11-22T12:00:00.000Z',
  actor: 'customer',
};

export const sampleInputs = {
  identity: {
    firstName: 'Maria',
    middleName: '',
    lastName: 'Garcia',
    lastName2: '',
    oneSurname: '',
    dob: { day: '24', month: '6', year: '1987' },
    phoneCountry: '',
    phoneNumber: '55 2120 6706',
    email: 'ariel+fielContigo@leapfinancial.com',
    noEmail: '',
    gender: 'Male',
    birthState: 'MX-CMX',
  },
  address: {
    address1: 'Avenida Calle Dos 296',
    address2: '',
    address3: 'Ciudad de México',
    streetNumber: '',
    city: 'San Pedro de los Pinos',
    otherCity: '',
    state: 'Ciudad de México',
    zipCode: '03800',
    zipCodeConfirmed: '',
    listedZipCode: '',
    countryCode: 'MX',
    placeDetail: '',
    latitude: '',
    longitude: '',
  },
  payment: { paymentMethodType: 'Card', ubnParams: { number: '' } },
  card: {
    addCardParams: {
      cardtype: 'DebitCard',
      nameOnCard: 'Juan Perez Gomez',
      country: '',
      number: 'tok_sandbox_9PNgfqqpdpyQpnD1jYkdw1_1111',
      securityCode: 'tok_sandbox_brucMoj9eTJR3xhqdmM4AQ',
      expirationDate: '1128',
      cardNetwork: 'Visa',
      lastFour: '1111',
    },
  },
} satisfies Record<StepId, FormInput>;
