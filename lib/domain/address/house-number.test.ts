import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { AddressValues } from './address-values.ts';
import { mergePickedAddress } from './merge-picked-address.ts';
import type { PickedAddress } from './place-mapping.ts';

const EMPTY: AddressValues = { address1: '', address2: '', zipCode: '', city: '', address3: '', state: '' };
const MX: PickedAddress = {
  address1: '',
  address2: '',
  streetNumber: '',
  city: 'Colonia 20 de Noviembre',
  address3: 'Mérida',
  state: 'Yucatán',
  zipCode: '97000',
  countryCode: 'MX',
};
const US: PickedAddress = {
  address1: '',
  address2: '',
  streetNumber: '',
  city: 'Los Angeles',
  address3: '',
  state: 'California',
  zipCode: '90012',
  countryCode: 'US',
};

type Form = { typed: string; place: PickedAddress; street: string; number: string; unit: string };

const pick = <T>(...values: readonly T[]) => fc.constantFrom(...values);
const digits = fc.integer({ min: 1, max: 9_999 }).map(String);
const small = fc.integer({ min: 1, max: 99 }).map(String);
const letter = pick('A', 'b', 'C');
const joined = (...parts: readonly fc.Arbitrary<string>[]) => fc.tuple(...parts).map((all) => all.join(''));
const join = (...parts: readonly string[]) => parts.filter(Boolean).join(' ');

const mexicanStreet = pick(
  'Calle 5 de Mayo',
  'Calle 60',
  'Avenida 16 de Septiembre',
  'Calle Pino',
  'Carretera México-Toluca',
  'Privada 3',
  'Carretera Federal 57',
  'Calle 21-A',
  'Avenida 25 Poniente',
  '2da Privada de Juárez',
);
const mexicanNumber = fc.oneof(
  digits,
  digits.map((one) => `#${one}`),
  fc.tuple(digits, pick('Bis', 'bis', 'A', '1/2')).map(([one, more]) => `${one} ${more}`),
  fc.tuple(digits, letter).map(([one, more]) => `${one}-${more}`),
  fc.tuple(digits, letter).map(([one, more]) => one + more),
  fc
    .tuple(pick('Mz', 'Mz.', 'manzana', 'MZA'), small, pick('Lt', 'Lt.', 'lote'), small)
    .map((parts) => parts.join(' ')),
  fc.tuple(small, small).map(([block, lot]) => `Mz${block} Lt${lot}`),
  fc.tuple(pick('km', 'Km.', 'kilómetro'), small, pick('', '.5')).map(([word, one, half]) => `${word} ${one}${half}`),
  pick('s/n', 'SN', 'sin número'),
  joined(digits, pick('bis', '-Bis', ' Bis A', '-1/2')),
  joined(pick('Mz A Lt ', 'Manzana B Lote ', 'M 3 L ', 'M-3 L-', 'M3 L', 'Mz. No. 4 Lt. No. '), small),
  joined(pick('Región ', 'Secc. ', '2a Sección Mz ', 'Sector '), small, pick(' Mz 3 Lt 4', ' Lote B', ' km 3')),
  joined(pick('km ', 'kms ', 'K.M. '), small, pick('', ',5', '+500')),
  joined(digits, pick(' x ', ' por ', ' entre calle ', ' e/ ', ' esq. '), small, pick('', ' y 61', ' A y 59 B')),
  joined(digits, pick(' esquina con Calle 8', ' esq. 5 de Febrero', ' entre Hidalgo y Morelos', ' casi esquina 4')),
  fc.tuple(digits, pick('x', 'entre'), small, small).map(([one, word, from, to]) => `${one} ${word} ${from} y ${to}`),
);
const mexicanUnit = fc.oneof(
  fc.constant(''),
  fc
    .tuple(pick('int', 'Int.', 'interior', 'depto', 'Depto.', 'piso', 'edificio', 'Torre'), small)
    .map((parts) => parts.join(' ')),
  fc.tuple(pick('int', 'edificio', 'depto.'), small, letter).map(([word, one, more]) => `${word} ${one}${more}`),
  fc.tuple(small, pick('A', 'norte', 'Sur')).map(([one, tower]) => `depto ${one} torre ${tower}`),
  pick('altos', 'PB', 'planta baja', '2o piso', '1er. piso', 'casa 4', 'Módulo 3'),
  pick(
    '3° piso',
    'Edif. C-3 Entrada B Depto 402',
    'Condominio 5 casa 3',
    'interior 3 B',
    'Int. No. 4',
    'Ent. 2 Dep. 301',
  ),
);
const american = pick('Elm Street', 'West 34th Street', 'Cedar Mesa Drive', 'Route 9', 'Avenue B', 'North 56th Street');
const americanNumber = fc.oneof(
  digits,
  fc.tuple(digits, pick('1/2', 'A', 'B')).map(([one, more]) => `${one} ${more}`),
  fc.tuple(digits, small).map(([one, more]) => `${one}-${more}`),
  fc.tuple(digits, letter).map(([one, more]) => one + more),
);
const americanUnit = fc.oneof(
  fc.constant(''),
  fc
    .tuple(pick('apt', 'Apt.', 'unit', 'Ste', 'suite', 'PO Box', 'P.O. Box', 'bldg'), small)
    .map((parts) => parts.join(' ')),
  fc.tuple(pick('apt', 'unit'), small, letter).map(([word, one, more]) => `${word} ${one}${more}`),
  small.map((one) => `#${one}`),
  pick('2nd floor', 'RR 2 Box 152', 'lot 5', 'penthouse', 'bldg North', 'Rural Route 2 Box 152', 'POB 12', 'PMB 4'),
  pick('Apt No. 4', 'Apartment Number 12', 'Rear', 'Bsmt', '2FL', 'Apt 4 B'),
);
const tail = (city: string, zip: string) => pick('', `, ${city}`, `, ${city}, ${zip}`, ` ${city}`, `, ${zip}`);

const mexican: fc.Arbitrary<Form> = fc
  .tuple(mexicanStreet, mexicanNumber, mexicanUnit, tail('Colonia 20 de Noviembre', '97000'), fc.boolean())
  .map(([street, number, unit, rest, isLower]) => {
    const text = join(street, number, unit) + rest;
    return { typed: isLower ? text.toLowerCase() : text, place: { ...MX, address1: street }, street, number, unit };
  });
const unitedStates: fc.Arbitrary<Form> = fc
  .tuple(american, americanNumber, americanUnit, tail('Los Angeles', '90012'), fc.boolean())
  .map(([street, number, unit, rest, isUnitFirst]) => {
    const isBefore = isUnitFirst && !unit.startsWith('#');
    const text = (isBefore ? join(unit, number, street) : join(number, street, unit)) + rest;
    return { typed: text, place: { ...US, address1: street }, street, number, unit };
  });

const getNumbers = (text: string): string[] => text.normalize('NFKC').match(/\d+/g) ?? [];
const joinFields = (fields: AddressValues) => Object.values(fields).join(' ');

/** The numbers of one text that the other one does not have, or not so often. */
function findMissingNumbers(text: string, source: string): string[] {
  const rest = [...getNumbers(source)];
  return getNumbers(text).filter((one) => {
    const index = rest.indexOf(one);
    if (index >= 0) rest.splice(index, 1);
    return index < 0;
  });
}

const expectParsed = (arbitrary: fc.Arbitrary<Form>, isNumberFirst: boolean) =>
  fc.assert(
    fc.property(arbitrary, ({ typed, place, street, number, unit }) => {
      const { fields, prompt } = mergePickedAddress(EMPTY, place, typed);
      const normalizeCase = (text: string) => text.toLowerCase();
      expect(prompt, typed).toBeUndefined();
      expect(normalizeCase(fields.address1), typed).toBe(
        normalizeCase(isNumberFirst ? join(number, street) : join(street, number)),
      );
      expect(normalizeCase(fields.address2), typed).toBe(normalizeCase(unit));
    }),
    { numRuns: 1_000 },
  );

test('a thousand Mexican doors go into the boxes as they were typed', () => expectParsed(mexican, false));
test('a thousand American doors go into the boxes as they were typed', () => expectParsed(unitedStates, true));

/** What people write for the street of a place, and the street as maps have it. */
const SHORT_STREETS: readonly (readonly [string, string])[] = [
  ['N 56th St', 'North 56th Street'],
  ['W. 5th St.', 'West 5th Street'],
  ['Fifth Ave', '5th Avenue'],
  ['Hwy 9', 'Highway 9'],
  ['25 Pte', 'Avenida 25 Poniente'],
  ['Carr. Fed. 57', 'Carretera Federal 57'],
  ['1a Cerrada de Hidalgo', 'Primera Cerrada de Hidalgo'],
  ['2a. privada juarez', '2da Privada de Juárez'],
  ['Calle 21 A', 'Calle 21-A'],
  ['Av. 16 de Sept.', 'Avenida 16 de Septiembre'],
];

test('a number of the street in another spelling is no house number', () => {
  fc.assert(
    fc.property(pick(...SHORT_STREETS), digits, fc.boolean(), ([typed, street], number, isFirst) => {
      const text = isFirst ? `${number} ${typed}` : `${typed} ${number}`;
      const { fields, prompt } = mergePickedAddress(EMPTY, { ...US, address1: street }, text);
      expect([fields.address1, prompt], text).toEqual([`${number} ${street}`, undefined]);
      const withoutNumber = mergePickedAddress(EMPTY, { ...MX, address1: street }, typed);
      expect([withoutNumber.fields.address1, withoutNumber.prompt?.missing], typed).toEqual([street, ['number']]);
    }),
  );
});

test.each([
  ['Calle Pino esquina con Calle 8', 'Calle Pino esquina con Calle 8', ''],
  ['Calle Pino x 57', 'Calle Pino x 57', ''],
  ['Calle Pino Sector 4', 'Calle Pino Sector 4', ''],
  ['POB 12', 'Calle Pino', 'POB 12'],
  ['Rural Route 2 Box 152', 'Calle Pino', 'Rural Route 2 Box 152'],
])('“%s” has no house number, and the page asks for it', (typed, address1, address2) => {
  const { fields, prompt } = mergePickedAddress(EMPTY, { ...MX, address1: 'Calle Pino' }, typed);
  expect([fields.address1, fields.address2, prompt?.missing]).toEqual([address1, address2, ['number']]);
});

test.each([
  ['Calle Pino 14 al 16', 'Calle Pino 14 al 16'],
  ['Calle Pino 14 Col. 5 de Febrero', 'Calle Pino 14 Col. 5 de Febrero'],
  ['Calle Pino 14 calle 5', 'Calle Pino 14 calle 5'],
  ['Calle Pino 14 #3', 'Calle Pino 14 #3'],
  ['Calle Pino 14 D-301', 'Calle Pino 14 D-301'],
  ['Calle Pino 14 cp 97100', 'Calle Pino 14 cp 97100'],
  ['Calle Pino 14²', 'Calle Pino 14 2'],
])('“%s” cannot be read: it stays with its words, and the page asks to check it', (typed, address1) => {
  const { fields, prompt } = mergePickedAddress(EMPTY, { ...MX, address1: 'Calle Pino' }, typed);
  expect([fields.address1, prompt]).toEqual([address1, { field: 'address1', missing: [] }]);
});

test('a postal code with four more digits goes into its field', () => {
  const { fields } = mergePickedAddress(
    EMPTY,
    { ...US, address1: 'Elm Street' },
    '123 Elm St, Los Angeles CA 90012-1234',
  );
  expect([fields.address1, fields.zipCode]).toEqual(['123 Elm Street', '90012-1234']);
});

test.each(['Rancho El 5', 'Ejido 20 de Agosto parcela 14', 'Domicilio conocido', 'Mz 3 Lt 12'])(
  '“%s” of a village stays as typed',
  (typed) => {
    const { fields, prompt } = mergePickedAddress(EMPTY, { ...MX, city: 'La Ventana' }, `${typed}, La Ventana`);
    expect([fields.address1, prompt?.missing]).toEqual([typed, ['street']]);
  },
);

test('whatever is typed in whatever order, no number is lost and none is invented', () => {
  const words = fc.oneof(
    mexicanStreet,
    mexicanNumber,
    mexicanUnit,
    american,
    americanNumber,
    americanUnit,
    digits,
    pick(
      '97000',
      'cp 97000',
      '20 de Noviembre',
      'Los Angeles',
      'entre 5 y 7',
      'casa azul',
      'número 12',
      '½',
      '7 ½',
      '4/5',
      '1.5',
      'esquina con calle 8',
      'x 57',
      'Región 94',
      'Mz A Lt 5',
      '14 bis',
      'M 3 L 4',
      'Col. 5 de Febrero',
      'POB 7',
      'km 14,5',
      '2a Sección',
    ),
  );
  const places = fc
    .tuple(pick(MX, US), pick('Calle 5 de Mayo', 'Elm Street', ''), pick('', '14', '5'))
    .map(([place, street, number]) => ({
      ...place,
      address1: street === '' ? '' : join(street, number),
      streetNumber: street === '' ? '' : number,
    }));
  fc.assert(
    fc.property(
      fc.array(words, { minLength: 1, maxLength: 5 }),
      places,
      pick('', 'Int. 4'),
      (typed, place, address2) => {
        const text = typed.join(' ');
        const { fields } = mergePickedAddress({ ...EMPTY, address2 }, place, text);
        const sources = `${text} ${joinFields({ ...EMPTY, ...place })} ${address2}`;
        expect(
          getNumbers(joinFields(fields)).filter((one) => !getNumbers(sources).includes(one)),
          text,
        ).toEqual([]);
        // A unit that stands in the second line already need not stand there twice.
        const missingNumbers = findMissingNumbers(text, `${joinFields(fields)} ${address2} ${address2}`);
        // Numbers that the place says, too: of its street, its city, its postal code, or the beginning of its house number.
        const placeText = `${place.address1} ${place.city} ${place.zipCode}`;
        expect(
          missingNumbers.filter((one) => !getNumbers(placeText).some((knownNumber) => knownNumber.startsWith(one))),
          text,
        ).toEqual([]);
      },
    ),
    { numRuns: 2_000 },
  );
});
