import { expect, test } from 'vitest';
import { phoneRules } from '../reference-data/phone-rules.ts';
import { fieldText } from './form-input.ts';
import { walk } from './journey.ts';
import {
  applyPartnerAnswers,
  isAllLocked,
  isOnlyQuestion,
  isPartnerName,
  readPartnerAnswers,
  stillLocked,
  withLocked,
} from './partner-start.ts';
import { sampleContext, sampleInputs } from './sample-answers.ts';

const NOW = '2026-11-22T12:00:00.000Z';
const PERSON = { firstName: 'Maria', lastName: 'Garcia', dob: '1987-06-24', phoneNumber: '+5215521206706' };
const HOME = { address1: 'Avenida Calle Dos 296', zipCode: '03800', city: 'San Pedro de los Pinos', state: 'CDMX' };

type Rules = { locked?: string[]; confirm?: string[] };
const begin = (answers: object, { locked = [], confirm = [] }: Rules = {}, before = { steps: {} }) =>
  applyPartnerAnswers({ texts: readPartnerAnswers(answers), locked, confirm }, before, sampleContext, NOW);
const walked = ({ steps }: ReturnType<typeof begin>) => walk(steps, sampleContext, NOW);

test('answers come under the upstream’s names and become our boxes', () => {
  expect(Object.fromEntries(readPartnerAnswers({ ...PERSON, latitude: 19.5, ubnParams: { number: '12' } }))).toEqual({
    ...{ firstName: 'Maria', lastName: 'Garcia', phoneNumber: '+5215521206706', latitude: '19.5' },
    ...{ 'dob.day': '24', 'dob.month': '06', 'dob.year': '1987', 'ubnParams.number': '12' },
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
    expect(isPartnerName(name)).toBe(true);
  for (const name of ['', 'first', 'securityCode', 'dob.', 'oneSurname', '__proto__'])
    expect(isPartnerName(name)).toBe(false);
});

test('whole steps count as continued, a step with a gap waits filled in, and what is missing stays open', () => {
  const begun = begin({ ...PERSON, address1: HOME.address1, paymentMethodType: 'DigitalWallet' });
  expect(Object.keys(begun.steps)).toEqual(['identity', 'payment']);
  expect(fieldText(begun.typed.address?.input ?? {}, 'address1')).toBe(HOME.address1);
  expect(walked(begun)).toMatchObject({ open: 'address', remaining: ['address'] });
  expect(walked(begin({ ...PERSON, ...HOME, paymentMethodType: 'DigitalWallet' })).open).toBe('review');
});

test('what has to be confirmed is asked, though it is whole', () => {
  const begun = begin({ ...PERSON, ...HOME, paymentMethodType: 'DigitalWallet' }, { confirm: ['dob'] });
  expect(walked(begun).open).toBe('identity');
  expect(begun.typed.identity?.errors).toEqual({});
});

test('a locked value that is no good is not locked, and one that was not given neither', () => {
  const answers = { ...PERSON, phoneNumber: '123' };
  expect(begin(answers, { locked: ['phoneNumber', 'dob', 'email'] }).locked).toEqual([
    'dob.day',
    'dob.month',
    'dob.year',
  ]);
});

test('a locked text goes over what is posted, until the upstream refuses it', () => {
  const input = { firstName: 'Mallory', dob: { day: '1', month: '1', year: '2000' } };
  const kept = { firstName: 'Maria', dob: { day: '24', month: '06', year: '1987' } };
  const mended = withLocked(input, kept, ['firstName', 'dob.day']);
  expect(mended).toEqual({ firstName: 'Maria', dob: { day: '24', month: '1', year: '2000' } });
  const partner = { link: 'x', locked: ['firstName', 'phoneNumber'] };
  expect(stillLocked(partner, undefined)).toEqual(['firstName', 'phoneNumber']);
  expect(stillLocked(partner, 'phone')).toEqual(['firstName']);
  expect(stillLocked(undefined, undefined)).toEqual([]);
});

test('a step is closed when all that it holds is locked', () => {
  expect(isAllLocked(['a', 'b'], { a: 'x', b: '' }, ['a'])).toBe(true);
  expect(isAllLocked(['a', 'b'], { a: 'x', b: 'y' }, ['a'])).toBe(false);
  expect(isAllLocked(['a'], { a: '' }, [])).toBe(false);
});

test('one page is enough when nothing else is left to ask', () => {
  const only = (answers: object, page: 'identity' | 'payment' | 'card') => {
    const begun = begin(answers);
    return isOnlyQuestion(walked(begun), page, begun.typed[page]?.input ?? {});
  };
  expect(only({ ...PERSON, ...HOME, paymentMethodType: 'Card' }, 'card')).toBe(true);
  expect(only({ ...PERSON, ...HOME, paymentMethodType: 'UBN' }, 'payment')).toBe(true);
  expect(only({ ...PERSON, ...HOME }, 'payment')).toBe(false);
  expect(only({ ...PERSON, paymentMethodType: 'UBN' }, 'payment')).toBe(false);
  const { dob: _dob, ...rest } = PERSON;
  expect(only({ ...rest, ...HOME, paymentMethodType: 'DigitalWallet' }, 'identity')).toBe(true);
  expect(only({ ...rest, ...HOME, paymentMethodType: 'Card' }, 'identity')).toBe(false);
});

test('what the same person told before stays under the partner’s word', () => {
  const steps = { identity: { input: sampleInputs.identity, savedAt: NOW } };
  const begun = begin({ phoneNumber: '+5215521206706', lastName: 'López' }, {}, { steps });
  const input = begun.steps.identity?.input ?? {};
  expect([fieldText(input, 'firstName'), fieldText(input, 'lastName')]).toEqual(['Maria', 'López']);
});

test('a card number among the answers is not kept', () => {
  const begun = begin({ ...PERSON, firstName: '4111111111111111' });
  expect(JSON.stringify(begun)).not.toContain('4111');
});

test('a locked address in another country than the phone can be corrected', () => {
  const context = { ...sampleContext, countries: ['MX', 'US'], phoneRules: phoneRules(['MX', 'US']) };
  const texts = readPartnerAnswers({ ...PERSON, ...HOME, phoneNumber: '+12135550187', countryCode: 'MX' });
  const begun = applyPartnerAnswers(
    { texts, locked: ['phoneNumber', 'countryCode', 'city'], confirm: [] },
    { steps: {} },
    context,
    NOW,
  );
  expect(walk(begun.steps, context, NOW).open).toBe('address');
  expect(begun.locked).toEqual(['phoneNumber', 'city']);
});
