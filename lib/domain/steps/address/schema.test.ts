import { expect, test } from 'vitest';
import { listPostalPrefixes } from '../../address/postal-prefix-table.ts';
import { type FieldErrors, toFieldErrors } from '../../form-input.ts';
import { sampleContext, sampleInputs, sampleSpelling } from '../../sample-answers.ts';
import { toAddressPayload } from './payload.ts';
import { createAddressSchema } from './schema.ts';

const countries = ['MX', 'US', 'GT'];
const schema = createAddressSchema({ ...sampleContext, countries, postalPrefixes: listPostalPrefixes(countries) });
type Changes = Partial<typeof sampleInputs.address>;

function findErrors(changes: Changes): FieldErrors {
  const result = schema.safeParse({ ...sampleInputs.address, ...changes });
  return result.success ? {} : toFieldErrors(result.error.issues);
}
const getPayload = (changes: Changes) =>
  toAddressPayload(schema.parse({ ...sampleInputs.address, ...changes }), sampleSpelling);

test.each(['CDMX', 'DF', 'Distrito Federal', 'Ciudad de México', 'MX-CMX'])(
  'an answer of any version with the state “%s” goes out with the short name',
  (state) => {
    expect(getPayload({ state })).toMatchObject({ state: 'CDMX', zipCode: '03800' });
  },
);

test.each(['Calle Dos 296', 'Texas', 'x'])('“%s” is no state of Mexico', (state) => {
  expect(findErrors({ state })).toEqual({ state: 'state.unknown' });
});

test('without a chosen state, the postal code tells it', () => {
  expect(getPayload({ state: '', zipCode: '44100' })).toMatchObject({ state: 'Jal.' });
  expect(getPayload({ state: '', zipCode: '90012', countryCode: 'US' })).toMatchObject({ state: 'CA' });
  expect(findErrors({ state: '', zipCode: '17000' })).toEqual({ state: 'state.required' });
  expect(findErrors({ state: '', zipCode: '', countryCode: 'GT' })).toEqual({ state: 'state.required' });
});

test('a postal code of another state is an error, until the customer has confirmed it', () => {
  expect(findErrors({ state: 'Jalisco', zipCode: '99999' })).toEqual({ zipCode: 'zipCode.state' });
  const confirmed = { state: 'Jalisco', zipCode: '99999', zipCodeConfirmed: 'yes' };
  expect(getPayload(confirmed)).toMatchObject({ state: 'Jal.', zipCode: '99999' });
  expect(getPayload(confirmed)).not.toHaveProperty('zipCodeConfirmed');
  expect(findErrors({ ...confirmed, zipCode: '9999' })).toEqual({ zipCode: 'zipCode.mexican' });
});

test('a country without a table takes any state and any postal code', () => {
  const changes = { countryCode: 'GT', state: 'Alta Verapaz', zipCode: '16001' };
  expect(findErrors(changes)).toEqual({});
  expect(getPayload(changes)).toMatchObject({ state: 'Alta Verapaz' });
});

test('a colonia that is not in the list is the one that the customer wrote', () => {
  expect(getPayload({ city: '*', otherCity: 'Colonia Nueva' })).toMatchObject({ city: 'Colonia Nueva' });
  expect(getPayload({ city: 'Narvarte', otherCity: 'Colonia Nueva' })).toMatchObject({ city: 'Narvarte' });
  expect(getPayload({ otherCity: 'x', listedZipCode: '03800' })).not.toHaveProperty('otherCity');
  expect(getPayload({ listedZipCode: '03800' })).not.toHaveProperty('listedZipCode');
  expect(findErrors({ city: '*', otherCity: ' ' })).toEqual({ otherCity: 'city.required' });
});

test('colonias of another postal code than the typed one are asked for again', () => {
  expect(findErrors({ listedZipCode: '03810' })).toEqual({ city: 'city.listed' });
});
