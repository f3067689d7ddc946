import type { LinkContent } from './create-token.ts';

/** The vendor's published person (docs/vendor-notes.md#1-raas-request), without the payment. */
const PERSON = {
  firstName: 'Maria',
  lastName: 'Garcia',
  dob: '1987-06-24',
  phoneNumber: '+5215521206706',
  email: 'ariel+fielContigo@leapfinancial.com',
  address1: 'Avenida Calle Dos 296',
  zipCode: '03800',
  city: 'San Pedro de los Pinos',
  address3: 'Ciudad de México',
  state: 'CDMX',
  countryCode: 'MX',
};
const { dob: _dob, ...withoutBirth } = PERSON;

/** Answers that a partner may have of a customer, by the name of the case. */
export const CASES: Record<string, { title: string; content: LinkContent }> = {
  complete: {
    title: 'Everything is known',
    content: { answers: { ...PERSON, paymentMethodType: 'DigitalWallet' }, locked: ['phoneNumber', 'email'] },
  },
  card: {
    title: 'The card is missing',
    content: { answers: { ...PERSON, paymentMethodType: 'Card' }, locked: ['phoneNumber'] },
  },
  account: {
    title: 'The account number is missing',
    content: { answers: { ...PERSON, paymentMethodType: 'UBN' } },
  },
  birth: {
    title: 'The date of birth is missing, the name is locked',
    content: {
      answers: { ...withoutBirth, paymentMethodType: 'DigitalWallet' },
      locked: ['firstName', 'lastName', 'phoneNumber'],
    },
  },
  confirm: {
    title: 'The address has to be confirmed',
    content: { answers: { ...PERSON, paymentMethodType: 'DigitalWallet' }, confirm: ['address1'] },
  },
  phone: { title: 'Only the phone is known', content: { answers: { phoneNumber: '+5215521206706' } } },
};
