import { describe, expect, test } from 'vitest';
import { type AddressBoxes, mergePick, stillDescribes } from './merge-pick.ts';
import type { PickedAddress } from './place-mapping.ts';

const EMPTY: AddressBoxes = { address1: '', address2: '', zipCode: '', city: '', address3: '', state: '' };
const STREET: PickedAddress = {
  ...{ address1: 'Avenida Calle Dos', address2: '', streetNumber: '', city: 'San Pedro de los Pinos' },
  ...{ address3: 'Ciudad de México', state: 'Ciudad de México', zipCode: '03800', countryCode: 'MX' },
};
const WHOLE: PickedAddress = { ...STREET, address1: 'Avenida Calle Dos 296', streetNumber: '296' };

describe('a pick', () => {
  test('that is whole fills everything and asks for nothing', () => {
    const { boxes, ask } = mergePick(EMPTY, WHOLE, 'calle dos 296');
    expect(boxes).toEqual({
      ...{ address1: 'Avenida Calle Dos 296', address2: '', zipCode: '03800', city: 'San Pedro de los Pinos' },
      ...{ address3: 'Ciudad de México', state: 'Ciudad de México' },
    });
    expect(ask).toBeUndefined();
  });

  test('never writes over the apartment, and takes the map’s when there is none', () => {
    const withDoor = { ...WHOLE, address2: 'Piso 2' };
    expect(mergePick({ ...EMPTY, address2: 'Int. 4' }, withDoor, '').boxes.address2).toBe('Int. 4');
    expect(mergePick(EMPTY, withDoor, '').boxes.address2).toBe('Piso 2');
  });

  test('leaves what it does not know as it was typed, and asks for the first part that nobody knows', () => {
    const partly = { ...WHOLE, city: '', zipCode: '' };
    expect(mergePick({ ...EMPTY, city: 'Mi colonia', zipCode: '03810' }, partly, '')).toMatchObject({
      boxes: { city: 'Mi colonia', zipCode: '03810' },
      ask: undefined,
    });
    expect(mergePick({ ...EMPTY, zipCode: '03810' }, partly, '').ask?.box).toBe('city');
    expect(mergePick(EMPTY, partly, '').ask?.box).toBe('zipCode');
  });

  test.each([
    ['calle dos 296', 'MX', 'Avenida Calle Dos 296'],
    ['296 calle dos', 'MX', 'Avenida Calle Dos 296'],
    ['calle dos #12-b, cdmx', 'MX', 'Avenida Calle Dos #12-b'],
    ['calle dos 296', 'US', '296 Avenida Calle Dos'],
    ['calle dos 296', 'BR', 'Avenida Calle Dos, 296'],
    ['calle dos', 'MX', 'Avenida Calle Dos'],
  ])('of a street keeps the number of “%s” in %s', (searched, countryCode, address1) => {
    expect(mergePick(EMPTY, { ...STREET, countryCode }, searched).boxes.address1).toBe(address1);
  });

  test('of a street without a number asks for the number, and takes one that was typed below', () => {
    expect(mergePick(EMPTY, STREET, 'calle dos').ask).toEqual({ box: 'address1', why: 'number' });
    expect(mergePick({ ...EMPTY, address1: 'calle dos 7' }, STREET, 'calle dos').boxes.address1).toBe(
      'Avenida Calle Dos 7',
    );
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
    const { boxes, ask } = mergePick(EMPTY, { ...STREET, address1: 'Calle Pino' }, searched);
    expect([boxes.address1, boxes.address2, ask]).toEqual([address1, address2, undefined]);
  });

  test.each([
    ['123 1/2 elm street', '123 1/2 Elm Street', '', undefined],
    ['123 elm st apt 4', '123 Elm Street', 'apt 4', undefined],
    ['123 elm street #4', '123 Elm Street', '#4', undefined],
    ['12 elm street', '123 Elm Street', '', undefined],
    ['125 elm street', '123 Elm Street 125', '', 'check'],
    ['123 elm street 9', '123 Elm Street 123 9', '', 'check'],
  ])('of a house for “%s” loses no digit', (searched, address1, address2, why) => {
    const house = { ...WHOLE, address1: '123 Elm Street', streetNumber: '123', countryCode: 'US' };
    const { boxes, ask } = mergePick(EMPTY, house, searched);
    expect([boxes.address1, boxes.address2, ask?.why]).toEqual([address1, address2, why]);
  });

  test.each([
    ['Calle 5 de Mayo', 'calle 5 de mayo', 'Calle 5 de Mayo', 'address1'],
    ['Calle 5 de Mayo', '5 de mayo 20', 'Calle 5 de Mayo 20', undefined],
    ['Avenida Calle Dos', 'calle dos, 03800', 'Avenida Calle Dos', 'address1'],
  ])('of %s for “%s” takes no number that belongs to something else', (street, searched, address1, ask) => {
    const { boxes, ask: asked } = mergePick(EMPTY, { ...STREET, address1: street }, searched);
    expect([boxes.address1, asked?.box]).toEqual([address1, ask]);
  });
});

describe('a place', () => {
  const after = mergePick(EMPTY, WHOLE, '').boxes;

  test('describes what it filled in, whatever the case and spaces, and any apartment', () => {
    expect(stillDescribes(after, after)).toBe(true);
    expect(stillDescribes(after, { ...after, address1: ' avenida calle  dos 296 ', address2: 'Int. 4' })).toBe(true);
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
    expect(stillDescribes(after, { ...after, [name]: value })).toBe(false);
  });

  test('is completed, not contradicted, by what it lacked', () => {
    const street = mergePick(EMPTY, { ...STREET, zipCode: '' }, 'calle dos').boxes;
    expect(stillDescribes(street, { ...street, zipCode: '03800' })).toBe(true);
    expect(stillDescribes(street, { ...street, address1: 'Avenida Calle Dos 296' })).toBe(true);
    expect(stillDescribes(street, { ...street, address1: 'Avenida Calle Tres 296' })).toBe(false);
  });
});
