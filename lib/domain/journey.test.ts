import { expect, test } from 'vitest';
import { getPhoneRules } from '../reference-data/get-phone-rules.ts';
import { buildSessionLinkRequest } from './build-session-link-request.ts';
import { canVisit, getJourneyProgress, type SavedSteps } from './journey.ts';
import type { JourneyContext } from './journey-context.ts';
import { sampleContext, sampleInputs, sampleSpelling } from './sample-answers.ts';
import { getStep, type StepId } from './steps/index.ts';

const NOW = '2026-11-22T12:00:00.000Z';
const save = (...ids: StepId[]): SavedSteps =>
  Object.fromEntries(ids.map((id) => [id, { input: sampleInputs[id], savedAt: NOW }]));
/** These rules are about four steps: a step that the product adds changes none of them. */
const FOUR_STEPS = (['identity', 'address', 'payment', 'card'] as const).map(getStep);
const getProgress = (saved: SavedSteps, now = NOW, context = sampleContext) =>
  getJourneyProgress(saved, context, now, FOUR_STEPS);
const requestOptions = { lang: 'en', spelling: sampleSpelling, callLocation: undefined } as const;

test('an empty draft opens at the first step and nothing further may be visited', () => {
  const empty = getProgress({});
  expect(empty.firstOpenStep).toBe('identity');
  expect(canVisit(empty, 'identity')).toBe(true);
  expect(canVisit(empty, 'address')).toBe(false);
  expect(canVisit(empty, 'review')).toBe(false);
});

test('the walk stops at the first gap, whatever lies behind it', () => {
  const gap = getProgress(save('identity', 'payment'));
  expect(gap.firstOpenStep).toBe('address');
  expect(canVisit(gap, 'identity')).toBe(true);
  expect(canVisit(gap, 'payment')).toBe(false);
});

test('an answer that is no longer valid is asked again', () => {
  const saved = save('identity', 'address');
  const broken: SavedSteps = {
    ...saved,
    identity: { input: { ...sampleInputs.identity, firstName: '' }, savedAt: NOW },
  };
  expect(getProgress(broken).firstOpenStep).toBe('identity');
});

test('the card is asked only of those who pay by card', () => {
  const card = getProgress(save('identity', 'address', 'payment'));
  expect(card.firstOpenStep).toBe('card');
  const wallet: SavedSteps = {
    ...save('identity', 'address', 'card'),
    payment: { input: { paymentMethodType: 'DigitalWallet' }, savedAt: NOW },
  };
  const progress = getProgress(wallet);
  expect(progress.firstOpenStep).toBe('review');
  expect(progress.path).not.toContain('card');
  expect(progress.answers.card).toBeUndefined();
  expect(buildSessionLinkRequest(progress, requestOptions)).not.toHaveProperty('addCardParams');
});

test('a card older than 45 minutes is asked again, other answers are not', () => {
  const saved = save('identity', 'address', 'payment', 'card');
  expect(getProgress(saved, '2026-11-22T12:45:00.000Z').firstOpenStep).toBe('review');
  expect(getProgress(saved, '2026-11-22T12:45:01.000Z').firstOpenStep).toBe('card');
});

test('the vendor’s example comes out as the vendor prints it', () => {
  const progress = getProgress(save('identity', 'address', 'payment', 'card'));
  expect(buildSessionLinkRequest(progress, requestOptions)).toEqual({
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
      number: 'tok_sandbox_9PNgfqqpdpyQpnD1jYkdw1_1111',
      securityCode: 'tok_sandbox_brucMoj9eTJR3xhqdmM4AQ',
    },
  });
});

test('an account number goes out alone, with its country and currency, leading zeros kept', () => {
  const input = { paymentMethodType: 'UBN', ubnParams: { number: '002 320 27562193881 5' } };
  const progress = getProgress({ ...save('identity', 'address'), payment: { input, savedAt: NOW } });
  const request = buildSessionLinkRequest(progress, {
    ...requestOptions,
    callLocation: { latitude: 0, longitude: -99.1 },
  });
  expect(request.ubnParams).toEqual({ number: '002320275621938815', country: 'MX', currency: 'MXN' });
  expect(request).not.toHaveProperty('addCardParams');
  expect(request).toMatchObject({ callLocationLatitude: 0, callLocationLongitude: -99.1 });
});

const withPaymentMethods = (...paymentMethodTypes: JourneyContext['paymentMethodTypes']) => ({
  ...sampleContext,
  paymentMethodTypes,
});

test.each([
  ['BankAccount', ['identity', 'address'], 'review'],
  ['DigitalWallet', ['identity', 'address'], 'review'],
  ['Card', ['identity', 'address', 'card'], 'card'],
  ['UBN', ['identity', 'address', 'payment'], 'payment'],
] as const)('with %s as the only way to pay, only what it needs is asked', (type, path, open) => {
  const progress = getProgress(save('identity', 'address'), NOW, withPaymentMethods(type));
  expect(progress).toMatchObject({ path, firstOpenStep: open });
  // The steps ahead are known from the start.
  expect(getProgress({}, NOW, withPaymentMethods(type)).path).toEqual(path);
  expect(canVisit(progress, 'payment')).toBe(type === 'UBN');
  if (open === 'review')
    expect(buildSessionLinkRequest(progress, requestOptions)).toMatchObject({ paymentMethodType: type });
});

test('a card that is not offered does not count as a step', () => {
  expect(getProgress({}, NOW, withPaymentMethods('UBN', 'DigitalWallet')).path).toEqual([
    'identity',
    'address',
    'payment',
  ]);
});

test('an account as the only way needs no word on which way', () => {
  const payment = { input: { paymentMethodType: '', ubnParams: { number: '002320275621938815' } }, savedAt: NOW };
  const progress = getProgress({ ...save('identity', 'address'), payment }, NOW, withPaymentMethods('UBN'));
  expect(buildSessionLinkRequest(progress, requestOptions)).toMatchObject({
    paymentMethodType: 'UBN',
    ubnParams: { number: '002320275621938815' },
  });
});

test('the bank goes along when the tenant wants it to', () => {
  const payment = { input: { paymentMethodType: 'UBN', ubnParams: { number: '002320275621938815' } }, savedAt: NOW };
  const progress = getProgress({ ...save('identity', 'address'), payment }, NOW, sampleContext);
  const spelling = { ...sampleSpelling, getBankName: (account: string) => `The bank of ${account}` };
  expect(buildSessionLinkRequest(progress, { ...requestOptions, spelling }).ubnParams).toEqual({
    number: '002320275621938815',
    country: 'MX',
    currency: 'MXN',
    bankName: 'The bank of 002320275621938815',
  });
});

const BOTH: JourneyContext = {
  ...sampleContext,
  countries: ['MX', 'US'],
  phoneRules: getPhoneRules(['MX', 'US']),
};
const AMERICAN_PHONE = { ...sampleInputs.identity, phoneCountry: 'US', phoneNumber: '(213) 555-0187' };

test('an address in another country than the phone is asked again, and says why', () => {
  const saved: SavedSteps = { ...save('address', 'payment'), identity: { input: AMERICAN_PHONE, savedAt: NOW } };
  const mixed = getProgress(saved, NOW, BOTH);
  expect(mixed.firstOpenStep).toBe('address');
  expect(mixed.conflicts).toEqual({ address: { countryCode: 'countryCode.phone' } });
  expect(mixed.answers.identity?.phoneNumber).toBe('+12135550187');
  expect(mixed.validAnswers.address).toBeUndefined();
});

test('a phone and an address of one country go on, whichever of the offered ones it is', () => {
  const home = { ...sampleInputs.address, countryCode: 'US', zipCode: '90012', state: 'California' };
  const american: SavedSteps = {
    identity: { input: AMERICAN_PHONE, savedAt: NOW },
    address: { input: home, savedAt: NOW },
  };
  expect(getProgress(american, NOW, BOTH)).toMatchObject({ firstOpenStep: 'payment', conflicts: {} });
  const mexican: SavedSteps = {
    ...save('address'),
    identity: { input: { ...sampleInputs.identity, phoneCountry: 'MX' }, savedAt: NOW },
  };
  expect(getProgress(mexican, NOW, BOTH)).toMatchObject({ firstOpenStep: 'payment', conflicts: {} });
});
