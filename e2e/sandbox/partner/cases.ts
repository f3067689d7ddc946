import type { LinkContent } from './create-token.ts';
import type { Lang } from './texts.ts';

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
export const CASES: Record<string, { title: Record<Lang, string>; content: LinkContent }> = {
  complete: {
    title: { en: 'Everything is known', es: 'Se sabe todo' },
    content: { answers: { ...PERSON, paymentMethodType: 'DigitalWallet' }, locked: ['phoneNumber', 'email'] },
  },
  card: {
    title: { en: 'The card is missing', es: 'Falta la tarjeta' },
    content: { answers: { ...PERSON, paymentMethodType: 'Card' }, locked: ['phoneNumber'] },
  },
  account: {
    title: { en: 'The account number is missing', es: 'Falta el número de cuenta' },
    content: { answers: { ...PERSON, paymentMethodType: 'UBN' } },
  },
  birth: {
    title: {
      en: 'The date of birth is missing, the name is locked',
      es: 'Falta la fecha de nacimiento; el nombre no se puede cambiar',
    },
    content: {
      answers: { ...withoutBirth, paymentMethodType: 'DigitalWallet' },
      locked: ['firstName', 'lastName', 'phoneNumber'],
    },
  },
  confirm: {
    title: { en: 'The address has to be confirmed', es: 'Hay que confirmar la dirección' },
    content: { answers: { ...PERSON, paymentMethodType: 'DigitalWallet' }, confirm: ['address1'] },
  },
  phone: {
    title: { en: 'Only the phone is known', es: 'Solo se sabe el teléfono' },
    content: { answers: { phoneNumber: '+5215521206706' } },
  },
};
