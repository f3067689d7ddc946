import { expect, test } from 'vitest';
import { getPhoneRules } from '../reference-data/get-phone-rules.ts';
import { getFieldText } from './form-input.ts';
import { getJourneyProgress } from './journey.ts';
import {
  applyPartnerAnswers,
  getKnownFields,
  getLockedFields,
  isAllLocked,
  isOnlyQuestion,
  isPartnerField,
  readPartnerAnswers,
  withLockedFields,
} from './partner-start.ts';
import { sampleContext, sampleInputs } from './sample-answers.ts';
import { getStep } from './steps/index.ts';

const NOW = '2026-11-22T12:00:00.000Z';
const PERSON = { firstName: 'Maria', lastName: 'Garcia', dob: '1987-06-24', phoneNumber: '+5215521206706' };
const HOME = { address1: 'Avenida Calle Dos 296', zipCode: '03800', city: 'San Pedro de los Pinos', state: 'CDMX' };

type Rules = { locked?: string[]; confirm?: string[] };
const applyAnswers = (answers: object, { locked = [], confirm = [] }: Rules = {}, previousAnswers = { steps: {} }) =>
  applyPartnerAnswers({ texts: readPartnerAnswers(answers), locked, confirm }, previousAnswers, sampleContext, NOW);
const getProgress = ({ steps }: ReturnType<typeof applyAnswers>) => getJourneyProgress(steps, sampleContext, NOW);

test('answers come under the upstream’s names and become our boxes', () => {
  expect(Object.fromEntries(readPartnerAnswers({ ...PERSON, latitude: 19.5, ubnParams: { number: '12' } }))).toEqual({
    firstName: 'Maria',
    lastName: 'Garcia',
    phoneNumber: '+5215521206706',
    latitude: '19.5',
    'dob.day': '24',
    'dob.month': '06',
    'dob.year': '1987',
    'ubnParams.number': '12',
  });
});

test.each([
  [{ isAdmin: 'yes' }, 'isAdmin'],
  [{ addCardParams: { number: '4111111111111111' } }, 'addCardParams.number'],
  [{ addCardParams: { securityCode: '123' } }, 'addCardParams.securityCode'],
  [{ firstName: true }, 'firstName'],
  [{ firstName: null }, 'firstName'],
  [{ dob: '24/06/1987' }, 'dob'],
  [{ noEmail: 'yes' }, 'noEmail'],
])('%j is refused by name', (answers, name) => {
  expect(() => readPartnerAnswers(answers)).toThrow(name);
});

test('names may be of fields and of groups, and of nothing else', () => {
  for (const name of ['firstName', 'dob', 'dob.day', 'ubnParams', 'placeDetail'])
    expect(isPartnerField(name)).toBe(true);
  for (const name of ['', 'first', 'securityCode', 'dob.', 'oneSurname', '__proto__'])
    expect(isPartnerField(name)).toBe(false);
});

test('whole steps count as continued, a step with a gap waits filled in, and what is missing stays open', () => {
  const draft = applyAnswers({ ...PERSON, address1: HOME.address1, paymentMethodType: 'DigitalWallet' });
  expect(Object.keys(draft.steps)).toEqual(['identity', 'payment']);
  expect(getFieldText(draft.typed.address?.input ?? {}, 'address1')).toBe(HOME.address1);
  expect(getProgress(draft)).toMatchObject({ firstOpenStep: 'address', remaining: ['address'] });
  expect(getProgress(applyAnswers({ ...PERSON, ...HOME, paymentMethodType: 'DigitalWallet' })).firstOpenStep).toBe(
    'review',
  );
});

test.each([
  ['CDMX', 'MX-CMX'],
  ['Ciudad de México', 'MX-CMX'],
  ['mx-cmx', 'MX-CMX'],
])('the state of birth may be spelled as the state of the address: %s', (birthState, iso) => {
  const { steps } = applyAnswers({ ...PERSON, birthState });
  expect(getFieldText(steps.identity?.input ?? {}, 'birthState')).toBe(iso);
});

test('an unknown state of birth stays as it came, for the customer to correct', () => {
  const { steps, typed } = applyAnswers({ ...PERSON, birthState: 'Atlantis' });
  expect([Object.keys(steps), getFieldText(typed.identity?.input ?? {}, 'birthState')]).toEqual([[], 'Atlantis']);
});

test('what has to be confirmed is asked, though it is whole', () => {
  const draft = applyAnswers({ ...PERSON, ...HOME, paymentMethodType: 'DigitalWallet' }, { confirm: ['dob'] });
  expect(getProgress(draft).firstOpenStep).toBe('identity');
  expect(draft.typed.identity?.errors).toEqual({});
});

test('a locked value that is no good is not locked, and one that was not given neither', () => {
  const answers = { ...PERSON, phoneNumber: '123' };
  expect(applyAnswers(answers, { locked: ['phoneNumber', 'dob', 'email'] }).locked).toEqual([
    'dob.day',
    'dob.month',
    'dob.year',
  ]);
});

test('a locked text goes over what is posted, until the upstream refuses it', () => {
  const input = { firstName: 'Mallory', dob: { day: '1', month: '1', year: '2000' } };
  const savedInput = { firstName: 'Maria', dob: { day: '24', month: '06', year: '1987' } };
  const mergedInput = withLockedFields(input, savedInput, ['firstName', 'dob.day']);
  expect(mergedInput).toEqual({ firstName: 'Maria', dob: { day: '24', month: '1', year: '2000' } });
  const partner = { link: 'x', locked: ['firstName', 'phoneNumber'] };
  expect(getLockedFields(partner, undefined)).toEqual(['firstName', 'phoneNumber']);
  expect(getLockedFields(partner, 'phone')).toEqual(['firstName']);
  expect(getLockedFields(undefined, undefined)).toEqual([]);
});

test('a step is closed when all that it holds is locked', () => {
  expect(isAllLocked(['a', 'b'], { a: 'x', b: '' }, ['a'])).toBe(true);
  expect(isAllLocked(['a', 'b'], { a: 'x', b: 'y' }, ['a'])).toBe(false);
  expect(isAllLocked(['a'], { a: '' }, [])).toBe(false);
});

test('one page is enough when nothing else is left to ask', () => {
  const isOnlyQuestionFor = (answers: object, page: 'identity' | 'payment' | 'card') => {
    const draft = applyAnswers(answers);
    return isOnlyQuestion(getProgress(draft), page, draft.typed[page]?.input ?? {});
  };
  expect(isOnlyQuestionFor({ ...PERSON, ...HOME, paymentMethodType: 'Card' }, 'card')).toBe(true);
  expect(isOnlyQuestionFor({ ...PERSON, ...HOME, paymentMethodType: 'UBN' }, 'payment')).toBe(true);
  expect(isOnlyQuestionFor({ ...PERSON, ...HOME }, 'payment')).toBe(false);
  expect(isOnlyQuestionFor({ ...PERSON, paymentMethodType: 'UBN' }, 'payment')).toBe(false);
  const { dob: _dob, ...rest } = PERSON;
  expect(isOnlyQuestionFor({ ...rest, ...HOME, paymentMethodType: 'DigitalWallet' }, 'identity')).toBe(true);
  expect(isOnlyQuestionFor({ ...rest, ...HOME, paymentMethodType: 'Card' }, 'identity')).toBe(false);
});

test('what the same person told before stays under the partner’s word', () => {
  const steps = { identity: { input: sampleInputs.identity, savedAt: NOW } };
  const draft = applyAnswers({ phoneNumber: '+5215521206706', lastName: 'López' }, {}, { steps });
  const input = draft.steps.identity?.input ?? {};
  expect([getFieldText(input, 'firstName'), getFieldText(input, 'lastName')]).toEqual(['Maria', 'López']);
});

test('a card number among the answers is not kept', () => {
  const draft = applyAnswers({ ...PERSON, firstName: '4111111111111111' });
  expect(JSON.stringify(draft)).not.toContain('4111');
});

test('a locked address in another country than the phone can be corrected', () => {
  const context = { ...sampleContext, countries: ['MX', 'US'], phoneRules: getPhoneRules(['MX', 'US']) };
  const texts = readPartnerAnswers({ ...PERSON, ...HOME, phoneNumber: '+12135550187', countryCode: 'MX' });
  const draft = applyPartnerAnswers(
    { texts, locked: ['phoneNumber', 'countryCode', 'city'], confirm: [] },
    { steps: {} },
    context,
    NOW,
  );
  expect(getJourneyProgress(draft.steps, context, NOW).firstOpenStep).toBe('address');
  expect(draft.locked).toEqual(['phoneNumber', 'city']);
});

const IDENTITY_FIELDS = getStep('identity').fields;

test('a page asks what the partner did not provide, what needs a correction, and what has to be confirmed', () => {
  const getAsked = (answers: object, rules: Rules = {}, errors = {}) => {
    const { openFields } = applyAnswers(answers, rules);
    const known = getKnownFields({ link: 'x', locked: [], openFields }, IDENTITY_FIELDS, errors);
    return IDENTITY_FIELDS.filter((field) => !known.includes(field));
  };
  const { dob: _dob, ...withoutBirth } = PERSON;
  const birth = ['dob.day', 'dob.month', 'dob.year'];
  expect(getAsked(withoutBirth)).toEqual(birth);
  expect(getAsked({ ...PERSON, dob: '2999-06-24' })).toEqual(birth);
  expect(getAsked(PERSON, { confirm: ['dob'] })).toEqual(birth);
  expect(getAsked({ ...PERSON, phoneNumber: '123' })).toEqual(['phoneCountry', 'phoneNumber']);
  expect(getAsked(withoutBirth, {}, { firstName: 'firstName.refused' })).toEqual(['firstName', ...birth]);
});

test('a step of which the partner provided nothing is asked as a whole, and so is one of an earlier version', () => {
  const { openFields } = applyAnswers(HOME);
  expect(getKnownFields({ link: 'x', locked: [], openFields }, IDENTITY_FIELDS, {})).toEqual([]);
  expect(getKnownFields({ link: 'x', locked: [] }, IDENTITY_FIELDS, {})).toEqual([]);
  expect(getKnownFields(undefined, IDENTITY_FIELDS, {})).toEqual([]);
});
