import { describe, expect, test } from 'vitest';
import { type AddressValues, matchesAddress } from './address-values.ts';
import { ADDRESS_PARTS, mergePickedAddress } from './merge-picked-address.ts';
import type { PickedAddress } from './place-mapping.ts';

const EMPTY: AddressValues = { address1: '', address2: '', zipCode: '', city: '', address3: '', state: '' };
const STREET: PickedAddress = {
  address1: 'Avenida Calle Dos',
  address2: '',
  streetNumber: '',
  city: 'San Pedro de los Pinos',
  address3: 'Ciudad de México',
  state: 'Ciudad de México',
  zipCode: '03800',
  countryCode: 'MX',
};
const WHOLE: PickedAddress = { ...STREET, address1: 'Avenida Calle Dos 296', streetNumber: '296' };

const CHECK = { field: 'address1', missing: [] };

describe('a pick', () => {
  test('that is whole fills everything and asks for nothing', () => {
    const { fields, prompt } = mergePickedAddress(EMPTY, WHOLE, 'calle dos 296');
    expect(fields).toEqual({
      address1: 'Avenida Calle Dos 296',
      address2: '',
      zipCode: '03800',
      city: 'San Pedro de los Pinos',
      address3: 'Ciudad de México',
      state: 'Ciudad de México',
    });
    expect(prompt).toBeUndefined();
  });

  test('never writes over the apartment, and takes the map’s when there is none', () => {
    const withUnit = { ...WHOLE, address2: 'Piso 2' };
    expect(mergePickedAddress({ ...EMPTY, address2: 'Int. 4' }, withUnit, '').fields.address2).toBe('Int. 4');
    expect(mergePickedAddress(EMPTY, withUnit, '').fields.address2).toBe('Piso 2');
  });

  test('keeps the input where the place has nothing, and asks for the first missing part', () => {
    const partly = { ...WHOLE, city: '', zipCode: '' };
    expect(mergePickedAddress({ ...EMPTY, city: 'Mi colonia', zipCode: '03810' }, partly, '')).toMatchObject({
      fields: { city: 'Mi colonia', zipCode: '03810' },
      prompt: undefined,
    });
    expect(mergePickedAddress({ ...EMPTY, zipCode: '03810' }, partly, '').prompt?.field).toBe('city');
    expect(mergePickedAddress(EMPTY, partly, '').prompt?.field).toBe('zipCode');
  });

  test.each([
    ['calle dos 296', 'MX', 'Avenida Calle Dos 296'],
    ['296 calle dos', 'MX', 'Avenida Calle Dos 296'],
    ['calle dos #12-b, cdmx', 'MX', 'Avenida Calle Dos #12-b'],
    ['calle dos 296', 'US', '296 Avenida Calle Dos'],
    ['calle dos 296', 'BR', 'Avenida Calle Dos, 296'],
    ['calle dos', 'MX', 'Avenida Calle Dos'],
  ])('of a street keeps the number of “%s” in %s', (searched, countryCode, address1) => {
    expect(mergePickedAddress(EMPTY, { ...STREET, countryCode }, searched).fields.address1).toBe(address1);
  });

  test('of a street without a number asks for the number, and takes one that was typed below', () => {
    expect(mergePickedAddress(EMPTY, STREET, 'calle dos').prompt).toEqual({ field: 'address1', missing: ['number'] });
    expect(mergePickedAddress({ ...EMPTY, address1: 'calle dos 7' }, STREET, 'calle dos').fields.address1).toBe(
      'Avenida Calle Dos 7',
    );
  });

  test.each(
    Array.from({ length: 2 ** ADDRESS_PARTS.length }, (_, bits) =>
      ADDRESS_PARTS.filter((_part, bit) => bits & (1 << bit)),
    ),
  )('asks for exactly what it lacks: %j', (...lacking) => {
    const address1 = [lacking.includes('street') ? '' : 'Calle Pino', lacking.includes('number') ? '' : '7'];
    const place: PickedAddress = {
      ...WHOLE,
      address1: address1.filter(Boolean).join(' '),
      streetNumber: address1[1] ?? '',
      ...Object.fromEntries(lacking.map((part) => [part, ''])),
    };
    const { prompt } = mergePickedAddress(EMPTY, place, '');
    expect(prompt?.missing ?? []).toEqual(lacking);
    const isStreetLacking = lacking.includes('street') || lacking.includes('number');
    expect(prompt?.field).toBe(isStreetLacking ? 'address1' : lacking[0]);
  });

  test.each([
    ['la ventana', '', '', ['street', 'number']],
    ['la ventana 12', '', '12', ['street']],
    ['la ventana', 'Calle Luna 5 int 2', 'Calle Luna 5 int 2', undefined],
    ['la ventana 12', 'Calle Luna 12', 'Calle Luna 12', undefined],
    ['la ventana 12', 'Calle Luna', 'Calle Luna 12', []],
  ])('of a village for “%s” keeps the street “%s” and asks for the rest', (searched, typed, address1, missing) => {
    const village = { ...WHOLE, address1: '', streetNumber: '', city: 'La Ventana' };
    const { fields, prompt } = mergePickedAddress({ ...EMPTY, address1: typed }, village, searched);
    expect([fields.address1, fields.address2, prompt?.missing]).toEqual([address1, '', missing]);
  });

  test.each([
    ['calle pino mz 3 lt 12', 'Calle Pino Mz 3 Lt 12'.replace('Mz', 'mz').replace('Lt', 'lt'), ''],
    ['Calle Pino Mz.3 Lt.12', 'Calle Pino Mz.3 Lt.12', ''],
    ['calle pino 14 Bis', 'Calle Pino 14 Bis', ''],
    ['calle pino 14 bis int 3', 'Calle Pino 14 bis', 'int 3'],
    ['calle pino km 14.5', 'Calle Pino km 14.5', ''],
    ['calle pino s/n', 'Calle Pino s/n', ''],
    ['calle pino 12 depto. 4-B, torre A', 'Calle Pino 12', 'depto. 4-B torre A'],
    ['apartado postal 77 calle pino 3', 'Calle Pino 3', 'apartado postal 77'],
  ])('of a street keeps “%s” as it was typed', (searched, address1, address2) => {
    const { fields, prompt } = mergePickedAddress(EMPTY, { ...STREET, address1: 'Calle Pino' }, searched);
    expect([fields.address1, fields.address2, prompt]).toEqual([address1, address2, undefined]);
  });

  test.each([
    ['123 1/2 elm street', '123 1/2 Elm Street', '', undefined],
    ['123 elm st apt 4', '123 Elm Street', 'apt 4', undefined],
    ['123 elm street #4', '123 Elm Street', '#4', undefined],
    ['12 elm street', '123 Elm Street', '', undefined],
    ['125 elm street', '123 Elm Street 125', '', CHECK],
    ['123 elm street 9', '123 Elm Street 123 9', '', CHECK],
  ])('of a house for “%s” loses no digit', (searched, address1, address2, reason) => {
    const house = { ...WHOLE, address1: '123 Elm Street', streetNumber: '123', countryCode: 'US' };
    const { fields, prompt } = mergePickedAddress(EMPTY, house, searched);
    expect([fields.address1, fields.address2, prompt]).toEqual([address1, address2, reason]);
  });

  test.each([
    ['Calle 5 de Mayo', 'calle 5 de mayo', 'Calle 5 de Mayo', 'address1'],
    ['Calle 5 de Mayo', '5 de mayo 20', 'Calle 5 de Mayo 20', undefined],
    ['Avenida Calle Dos', 'calle dos, 03800', 'Avenida Calle Dos', 'address1'],
  ])('of %s for “%s” takes no number that belongs to something else', (street, searched, address1, expectedField) => {
    const { fields, prompt } = mergePickedAddress(EMPTY, { ...STREET, address1: street }, searched);
    expect([fields.address1, prompt?.field]).toEqual([address1, expectedField]);
  });
});

describe('a place', () => {
  const pickedValues = mergePickedAddress(EMPTY, WHOLE, '').fields;

  test('describes what it filled in, whatever the case and spaces, and any apartment', () => {
    expect(matchesAddress(pickedValues, pickedValues)).toBe(true);
    expect(
      matchesAddress(pickedValues, { ...pickedValues, address1: ' avenida calle  dos 296 ', address2: 'Int. 4' }),
    ).toBe(true);
  });

  test.each([
    ['address1', 'Avenida Calle Dos 298'],
    ['address1', 'Avenida Calle Dos'],
    ['address1', 'Avenida Calle Dos 2960'],
    ['zipCode', '03810'],
    ['city', 'Otra'],
    ['address3', ''],
    ['state', 'Jalisco'],
  ])('does not describe another %s', (name, value) => {
    expect(matchesAddress(pickedValues, { ...pickedValues, [name]: value })).toBe(false);
  });

  test('is completed, not contradicted, by what it lacked', () => {
    const street = mergePickedAddress(EMPTY, { ...STREET, zipCode: '' }, 'calle dos').fields;
    expect(matchesAddress(street, { ...street, zipCode: '03800' })).toBe(true);
    expect(matchesAddress(street, { ...street, address1: 'Avenida Calle Dos 296' })).toBe(true);
    expect(matchesAddress(street, { ...street, address1: 'Avenida Calle Tres 296' })).toBe(false);
  });
});
