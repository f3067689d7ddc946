import { describe, expect, test } from 'vitest';
import { toFieldErrors } from '../../form-input.ts';
import { type FieldPolicy, OPTIONAL_FIELDS } from '../../journey-context.ts';
import { sampleContext, sampleInputs } from '../../sample-answers.ts';
import { createIdentitySchema } from './schema.ts';

const createSchema = (policy: FieldPolicy) =>
  createIdentitySchema({
    ...sampleContext,
    fields: Object.fromEntries(OPTIONAL_FIELDS.map((name) => [name, policy])) as typeof sampleContext.fields,
  });
const empty = { ...sampleInputs.identity, middleName: '', lastName2: '', email: '', gender: '', birthState: '' };
const full = {
  ...empty,
  middleName: 'Lucía',
  lastName2: 'Ruiz',
  email: 'a@b.mx',
  gender: 'Male',
  birthState: 'MX-CMX',
};

const findErrors = (policy: FieldPolicy, input: object) => {
  const parsed = createSchema(policy).safeParse(input);
  return parsed.success ? {} : toFieldErrors(parsed.error.issues);
};

describe('what a partner asks beside the necessary', () => {
  test('may be left out when it is optional', () => {
    expect(findErrors('optional', empty)).toEqual({});
  });

  test('must be there when it is required, but for what not everybody has and says so', () => {
    expect(findErrors('required', empty)).toEqual(
      Object.fromEntries(OPTIONAL_FIELDS.map((name) => [name, `${name}.required`])),
    );
    expect(findErrors('required', { ...full, lastName2: '', oneSurname: 'yes', email: '', noEmail: 'yes' })).toEqual(
      {},
    );
    expect(findErrors('required', full)).toEqual({});
  });

  test('is not read when it is hidden, whatever a form says', () => {
    const { data } = createSchema('hidden').safeParse({ ...full, middleName: '4111111111111111', gender: 'nonsense' });
    for (const name of OPTIONAL_FIELDS) expect(data?.[name]).toBeUndefined();
    expect(data?.firstName).toBe('Maria');
  });

  test('leaves no trace of the boxes that decline', () => {
    const { data } = createSchema('required').safeParse({ ...full, oneSurname: 'yes', noEmail: 'yes' });
    expect(Object.keys(data ?? {})).not.toContain('oneSurname');
    expect(Object.keys(data ?? {})).not.toContain('noEmail');
  });
});
