import { describe, expect, test } from 'vitest';
import { sampleContext, sampleInputs } from '../sample-answers.ts';
import { fillStepForm, getFillSources, toFormTexts } from './fill-form.ts';
import type { PersonFields } from './person-fields.ts';

const PERSON: PersonFields = {
  firstName: 'MARIA',
  middleName: 'LUCIA',
  lastName: 'GARCIA',
  lastName2: 'RUIZ',
  dob: '1987-06-24',
  gender: 'Female',
  birthState: 'MX-CMX',
};
const ADDRESS: PersonFields = { address1: '1 MAPLE AVE', city: 'LODI', state: 'California', countryCode: 'US' };
const withFields = (change: object) => ({ ...sampleContext, fields: { ...sampleContext.fields, ...change } });
const american = { ...sampleContext, countries: ['MX', 'US'] };

describe('values become texts of the form', () => {
  test('the date has three fields', () => {
    expect(Object.fromEntries(toFormTexts(PERSON, sampleContext))).toEqual({
      firstName: 'MARIA',
      middleName: 'LUCIA',
      lastName: 'GARCIA',
      lastName2: 'RUIZ',
      'dob.day': '24',
      'dob.month': '06',
      'dob.year': '1987',
      gender: 'Female',
      birthState: 'MX-CMX',
    });
  });

  test('a field that the brand hides is left out, and its middle name joins the first name', () => {
    const texts = toFormTexts(PERSON, withFields({ middleName: 'hidden', gender: 'hidden', lastName2: 'hidden' }));
    expect(texts.get('firstName')).toBe('MARIA LUCIA');
    for (const name of ['middleName', 'gender', 'lastName2']) expect(texts.has(name)).toBe(false);
  });

  test('a state of birth that the form does not offer is left out', () => {
    expect(toFormTexts(PERSON, { ...sampleContext, states: [] }).has('birthState')).toBe(false);
  });

  test('a document with one surname ticks the box for one surname where the form has it', () => {
    expect(toFormTexts({ oneSurname: 'yes' }, sampleContext).size).toBe(0);
    expect(toFormTexts({ oneSurname: 'yes' }, withFields({ lastName2: 'required' })).get('oneSurname')).toBe('yes');
  });

  test('an address fills the form only if its country is offered', () => {
    expect(toFormTexts(ADDRESS, sampleContext).size).toBe(0);
    expect(toFormTexts(ADDRESS, american).get('city')).toBe('LODI');
    expect(toFormTexts({ ...ADDRESS, countryCode: 'CA' }, american).size).toBe(0);
  });
});

describe('a form is filled by a document', () => {
  const texts = toFormTexts({ ...PERSON, ...ADDRESS }, american);

  test('an empty form takes every value', () => {
    const filled = fillStepForm('identity', texts, {}, american);
    expect(filled?.input).toMatchObject({
      firstName: 'MARIA',
      dob: { day: '24', month: '06', year: '1987' },
      email: '',
    });
    expect(filled?.texts).toMatchObject({ firstName: 'MARIA', 'dob.day': '24' });
  });

  test('a typed text stays where the document has the same text, but for accents and case, or none', () => {
    const typed = { ...sampleInputs.identity, firstName: 'María', lastName: 'Gracia' };
    const filled = fillStepForm('identity', texts, typed, american);
    expect(filled?.input).toMatchObject({
      firstName: 'María',
      lastName: 'GARCIA',
      phoneNumber: typed.phoneNumber,
      email: typed.email,
    });
    expect(Object.keys(filled?.texts ?? {})).not.toContain('firstName');
  });

  test('a typed address stays whole; a country alone is no typed address', () => {
    expect(fillStepForm('address', texts, sampleInputs.address, american)).toBeUndefined();
    expect(fillStepForm('address', texts, { countryCode: 'MX' }, american)?.input).toMatchObject({
      address1: '1 MAPLE AVE',
      countryCode: 'US',
    });
  });

  test('a document without a value for the step changes no field', () => {
    expect(fillStepForm('address', toFormTexts(PERSON, american), {}, american)).toBeUndefined();
  });

  test('texts that are too long or hold a card number are left out', () => {
    const bad = new Map([
      ['firstName', 'x'.repeat(101)],
      ['lastName', '4111 1111 1111 1111'],
    ]);
    expect(fillStepForm('identity', bad, {}, american)).toBeUndefined();
  });
});

test('a field keeps its source until the customer changes its text', () => {
  const filled = {
    firstName: { source: 'document', text: 'MARIA' },
    lastName: { source: 'wallet', text: 'GARCIA' },
  } as const;
  const input = { ...sampleInputs.identity, firstName: 'MARIA', lastName: 'GRACIA' };
  expect(getFillSources({ steps: {}, typed: { identity: { input, errors: {} } } }, filled)).toEqual({
    firstName: 'document',
  });
});
