import { expect, test } from 'vitest';
import { splitSurnames } from './split-surnames.ts';

test.each([
  ['Hernández López', 'Hernández', 'López'],
  ['  García   Márquez ', 'García', 'Márquez'],
  ['de la Cruz Pérez', 'de la Cruz', 'Pérez'],
  ['San Martín Ríos', 'San Martín', 'Ríos'],
  ["O'Hara Núñez", "O'Hara", 'Núñez'],
  ['Smith-Jones Vega', 'Smith-Jones', 'Vega'],
])('%s may be two surnames', (text, first, second) => {
  expect(splitSurnames(text)).toEqual([first, second]);
});

test.each([
  'García',
  'de la O',
  'De la Cruz',
  'Mac Gregor',
  'Mc Allister',
  'San Martín',
  'van der Berg',
  'del Río',
  'O’ Hara',
  'Ortega y Gasset',
  'Ponce de León',
  'Hernández de la Cruz',
  'García López Pérez',
  'Smith-Jones',
  '',
  ' ',
  'de la',
  'X Y',
  '王',
  'Ng',
])('%s is left alone', (text) => {
  expect(splitSurnames(text)).toBeUndefined();
});
