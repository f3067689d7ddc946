import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parsePlaceDetail } from './place-detail.ts';
import { type FetchedPlace, type PickedAddress, toPickedAddress, toPlaceDetail } from './place-mapping.ts';
import { formatState } from './states.ts';

const places = JSON.parse(readFileSync('e2e/sandbox/maps/places.json', 'utf8')) as (FetchedPlace & {
  postalAddress?: { addressLines: string[] };
})[];

function getPlace(id: string): FetchedPlace {
  const match = places.find((place) => place.id === id);
  if (!match) throw new Error(id);
  return { ...match, streetLine: match.postalAddress?.addressLines[0] };
}

/** Pitfalls of each country's places: docs/vendor-notes.md#8-places-address-components. */
const MAPPED: Record<string, [what: string, expected: PickedAddress]> = {
  'sandbox-calle-dos-296': [
    'Mexico City, as the vendor’s example has it: colonia as city, city as address3',
    {
      address1: 'Avenida Calle Dos 296',
      streetNumber: '296',
      address2: '',
      city: 'San Pedro de los Pinos',
      address3: 'Ciudad de México',
      state: 'Ciudad de México',
      zipCode: '03800',
      countryCode: 'MX',
    },
  ],
  'sandbox-guadalajara': [
    'a state’s capital',
    {
      address1: 'Avenida Juárez 170',
      streetNumber: '170',
      address2: '',
      city: 'Zona Centro',
      address3: 'Guadalajara',
      state: 'Jalisco',
      zipCode: '44100',
      countryCode: 'MX',
    },
  ],
  'sandbox-merida-sin-colonia': [
    'a Mexican street without its colonia, which is left open to be asked for',
    {
      address1: 'Calle 60 491',
      streetNumber: '491',
      address2: '',
      city: '',
      address3: 'Mérida',
      state: 'Yucatán',
      zipCode: '97000',
      countryCode: 'MX',
    },
  ],
  'sandbox-rural-oaxaca': [
    'a village without streets, which has no colonia to ask for',
    {
      address1: '',
      streetNumber: '',
      address2: '',
      city: 'San Juan Evangelista Analco',
      address3: '',
      state: 'Oaxaca',
      zipCode: '68780',
      countryCode: 'MX',
    },
  ],
  'sandbox-san-jose': [
    'a plain address of the United States: number first, the postal code without its suffix',
    {
      address1: '1 Washington Square',
      streetNumber: '1',
      address2: '',
      city: 'San Jose',
      address3: '',
      state: 'California',
      zipCode: '95192',
      countryCode: 'US',
    },
  ],
  'sandbox-brooklyn': [
    'a borough of New York, where there is no locality',
    {
      address1: '200 Eastern Parkway',
      streetNumber: '200',
      address2: '',
      city: 'Brooklyn',
      address3: 'Prospect Heights',
      state: 'New York',
      zipCode: '11238',
      countryCode: 'US',
    },
  ],
  'sandbox-edmonton': [
    'Canada',
    {
      address1: '10250 101 Street Northwest',
      streetNumber: '10250',
      address2: '',
      city: 'Edmonton',
      address3: 'Downtown',
      state: 'Alberta',
      zipCode: 'T5J 3P4',
      countryCode: 'CA',
    },
  ],
  'sandbox-florianopolis': [
    'Brazil, whose cities are second-level areas, with a block',
    {
      address1: 'Rua Lauro Linhares, 100',
      streetNumber: '100',
      address2: 'Bloco B',
      city: 'Florianópolis',
      address3: 'Trindade',
      state: 'Santa Catarina',
      zipCode: '88036-001',
      countryCode: 'BR',
    },
  ],
  'sandbox-buenos-aires': [
    'Argentina, whose postal code comes in two parts',
    {
      address1: 'Avenida Corrientes 1543',
      streetNumber: '1543',
      address2: '',
      city: 'Buenos Aires',
      address3: 'San Nicolás',
      state: 'Ciudad Autónoma de Buenos Aires',
      zipCode: 'C1042AAB',
      countryCode: 'AR',
    },
  ],
  'sandbox-bogota': [
    'Colombia',
    {
      address1: 'Carrera 7 # 40-62',
      streetNumber: '# 40-62',
      address2: '',
      city: 'Bogotá',
      address3: 'Chapinero',
      state: 'Bogotá',
      zipCode: '110231',
      countryCode: 'CO',
    },
  ],
  'sandbox-london': [
    'a country without a profile of its own',
    {
      address1: '10 Bow Street',
      streetNumber: '10',
      address2: '',
      city: 'London',
      address3: '',
      state: 'England',
      zipCode: 'WC2E 7AF',
      countryCode: 'GB',
    },
  ],
};

test.each(Object.entries(MAPPED))('%s: %o', (id, [, expected]) => {
  expect(toPickedAddress(getPlace(id))).toEqual(expected);
});

function mapUnit(streetLine: string, unit: string): PickedAddress {
  const place = getPlace('sandbox-san-jose');
  const part = { longText: unit, shortText: unit, types: ['subpremise'] };
  const addressComponents = [...place.addressComponents, ...(unit ? [part] : [])];
  return toPickedAddress({ ...place, streetLine, addressComponents });
}

test('a unit in any spelling, before or after the street, stands in the second line alone', () => {
  const word = fc.constantFrom('#', '# ', 'Apt ', 'APT ', 'Apt. ', 'Unit #', 'Ste ', 'Suite ', 'Int. ', 'Depto ');
  const number = fc
    .tuple(fc.integer({ min: 1, max: 9_999 }), fc.constantFrom('', 'B', 'b', '-C'))
    .map((all) => all.join(''));
  const place = fc.constantFrom(
    (text: string) => `905 Oak Dr ${text}`,
    (text: string) => `905 Oak Dr, ${text}`,
    (text: string) => `${text}, 905 Oak Dr`,
  );
  fc.assert(
    fc.property(word, fc.oneof(fc.constant(''), word), number, place, (lineWord, unitWord, value, write) => {
      const [line, unit] = [write(lineWord + value), unitWord + value.toUpperCase()];
      expect(mapUnit(line, unit), line).toMatchObject({ address1: '905 Oak Dr', address2: unit });
    }),
  );
});

test.each([
  ['905 Cedar Mesa Dr #12', '12', '905 Cedar Mesa Dr'],
  ['905 Cedar Mesa Dr, Apt. 4B', '4B', '905 Cedar Mesa Dr'],
  ['905 Cedar Mesa Dr unit #7', '7', '905 Cedar Mesa Dr'],
  ['905 Cedar Mesa Dr', '12', '905 Cedar Mesa Dr'],
  ['12 Route 12', '', '12 Route 12'],
  ['905 Cedar Mesa Dr 12', '12', '905 Cedar Mesa Dr 12'],
])('the unit of “%s” stands in the second line alone', (streetLine, unit, address1) => {
  expect(mapUnit(streetLine, unit)).toMatchObject({ address1, address2: unit });
});

test('neither the order of a place’s parts nor parts of other types make a difference', () => {
  for (const [id, [, expected]] of Object.entries(MAPPED)) {
    const place = getPlace(id);
    const component = {
      longText: 'Benito Juárez',
      shortText: 'B. J.',
      types: ['administrative_area_level_4', 'political'],
    };
    const addressComponents = [component, ...place.addressComponents].reverse();
    expect(toPickedAddress({ ...place, addressComponents }), id).toEqual(expected);
  }
});

test('a state goes upstream in the form that is set, whatever the map called it', () => {
  for (const [id, short, iso] of [
    ['sandbox-calle-dos-296', 'CDMX', 'MX-CMX'],
    ['sandbox-guadalajara', 'Jal.', 'MX-JAL'],
    ['sandbox-brooklyn', 'NY', 'US-NY'],
    ['sandbox-edmonton', 'AB', 'CA-AB'],
    ['sandbox-florianopolis', 'SC', 'BR-SC'],
    ['sandbox-buenos-aires', 'CABA', 'AR-C'],
    ['sandbox-bogota', 'Bogotá', 'CO-DC'],
    ['sandbox-london', 'England', 'England'],
  ] as const) {
    const { state, countryCode } = toPickedAddress(getPlace(id));
    expect([formatState(countryCode, state, 'short'), formatState(countryCode, state, 'iso')]).toEqual([short, iso]);
  }
});

test('a place survives the way through the form unchanged', () => {
  const detail = toPlaceDetail(getPlace('sandbox-calle-dos-296'));
  expect(parsePlaceDetail(JSON.stringify(detail))).toEqual(detail);
});

test('takes from the browser only what is a place, and only known keys', () => {
  const detail = toPlaceDetail(getPlace('sandbox-calle-dos-296'));
  const poisoned = `{"__proto__":{"polluted":true},"constructor":1,${JSON.stringify({ ...detail, extra: 'x' }).slice(1)}`;
  expect(parsePlaceDetail(poisoned)).toEqual(detail);
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  const { geometry, address_components: parts } = detail;
  const withLocation = (lat: unknown, lng: unknown) => ({
    ...detail,
    geometry: { ...geometry, location: { lat, lng } },
  });
  for (const bad of [
    '',
    'null',
    '[]',
    '{}',
    '{',
    '"x"',
    '['.repeat(8_000),
    ...[
      { ...detail, types: ['x'.repeat(20_000)] },
      withLocation(90.1, 0),
      withLocation(-91, 0),
      withLocation(0, 180.5),
      withLocation('19', 0),
      withLocation(null, 0),
      withLocation(Number.NaN, 0),
      {
        ...detail,
        geometry: { ...geometry, viewport: { northeast: { lat: 99, lng: 0 }, southwest: { lat: 0, lng: 0 } } },
      },
      { ...detail, address_components: [] },
      { ...detail, address_components: Array.from({ length: 41 }, () => parts[0]) },
      { ...detail, formatted_address: 'Calle 4111 1111 1111 1111' },
      { ...detail, place_id: 7 },
    ].map((value) => JSON.stringify(value)),
  ]) {
    expect(parsePlaceDetail(bad), bad.slice(0, 80)).toBeUndefined();
  }
});
