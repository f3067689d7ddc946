import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parsePlaceDetail } from './place.ts';
import { type FetchedPlace, toPickedAddress, toPlaceDetail } from './place-mapping.ts';

const places = JSON.parse(readFileSync('e2e/sandbox/maps/places.json', 'utf8')) as (FetchedPlace & {
  postalAddress?: { addressLines: string[] };
})[];

function placeOf(id: string): FetchedPlace {
  const found = places.find((place) => place.id === id);
  if (!found) throw new Error(id);
  return { ...found, streetLine: found.postalAddress?.addressLines[0] };
}

test('spreads an address in Mexico City as the vendor’s example does: colonia as city, city as address3', () => {
  expect(toPickedAddress(placeOf('sandbox-calle-dos-296'))).toEqual({
    address1: 'Avenida Calle Dos 296',
    address2: '',
    address3: 'Ciudad de México',
    streetNumber: '296',
    city: 'San Pedro de los Pinos',
    state: 'CDMX',
    zipCode: '03800',
    countryCode: 'MX',
  });
});

test('puts the number last in Mexico and first in the United States', () => {
  expect(toPickedAddress(placeOf('sandbox-guadalajara'))).toMatchObject({
    address1: 'Avenida Juárez 170',
    address3: 'Guadalajara',
  });
  expect(toPickedAddress(placeOf('sandbox-brooklyn'))).toMatchObject({
    address1: '200 Eastern Parkway',
    city: 'Brooklyn',
    address3: 'Prospect Heights',
    state: 'NY',
  });
});

test('leaves empty what a rural place does not have', () => {
  expect(toPickedAddress(placeOf('sandbox-rural-oaxaca'))).toMatchObject({
    address1: '',
    streetNumber: '',
    city: 'San Juan Evangelista Analco',
    address3: '',
    zipCode: '68780',
  });
});

test('a place survives the way through the form unchanged', () => {
  const detail = toPlaceDetail(placeOf('sandbox-calle-dos-296'));
  expect(parsePlaceDetail(JSON.stringify(detail))).toEqual(detail);
});

test('takes from the browser only what is a place, and only known keys', () => {
  const detail = toPlaceDetail(placeOf('sandbox-calle-dos-296'));
  const poisoned = `{"__proto__":{"polluted":true},"constructor":1,${JSON.stringify({ ...detail, extra: 'x' }).slice(1)}`;
  expect(parsePlaceDetail(poisoned)).toEqual(detail);
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  for (const bad of ['', 'null', '[]', '{}', '{', JSON.stringify({ ...detail, types: ['x'.repeat(20_000)] })]) {
    expect(parsePlaceDetail(bad)).toBeUndefined();
  }
});
