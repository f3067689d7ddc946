import { describe, expect, test } from 'vitest';
import { divideName, hasFirstLetters } from './curp-letters.ts';

const names = (firstName: string, lastName: string, lastName2 = '') => ({ firstName, lastName, lastName2 });

describe('the first four letters', () => {
  test.each([
    ['SABC', 'Concepción', 'Salgado', 'Briseño'],
    ['GOAJ', 'juan pablo', 'gómez', 'álvarez'],
    ['EAAF', 'María Fernanda', 'Escamilla', 'Arroyo'],
    ['GALJ', 'José Juan', 'García', 'López'],
    ['GALM', 'María', 'García', 'López'],
    ['GALG', 'Ma. Guadalupe', 'García', 'López'],
    ['CULR', 'Rosa', 'de la Cruz', 'López'],
    ['GEGJ', 'Juan', 'Mac Gregor', 'García'],
    ['XAXP', 'Pedro', 'Ñáñez', 'Ñandú'],
    ['PXDM', 'Mario', 'Pérez', 'Díaz'],
    ['BXOL', 'Luis', 'Brrz', 'Ortiz'],
    ['OXRL', 'Luis', 'O', 'Ruiz'],
    ['GAXM', 'María', 'García', ''],
    ['GARM', 'María', 'García', ''],
    ['LORX', 'Ñusta', 'Lopez', 'Ruiz'],
    ['OXLA', 'Ana', 'O’Farrill', 'López'],
    ['GARM', '', '', ''],
  ])('%s fit %s %s %s', (letters, firstName, lastName, lastName2) => {
    expect(hasFirstLetters(letters, names(firstName, lastName, lastName2))).toBe(true);
  });

  test.each([
    ['GARM', 'Laura', 'García', 'Ruiz'],
    ['GARM', 'María', 'Gómez', 'Ruiz'],
    ['GARM', 'María', 'García', 'López'],
    ['RAGM', 'María', 'García', 'Ruiz'],
    ['DERM', 'María', 'De la Cruz', 'Ruiz'],
  ])('%s do not fit %s %s %s', (letters, firstName, lastName, lastName2) => {
    expect(hasFirstLetters(letters, names(firstName, lastName, lastName2))).toBe(false);
  });
});

describe('a name in one line is divided where only one division has the seven letters', () => {
  test.each([
    ['GOAJ040229HJCMLN', 'JUAN PABLO GOMEZ ALVAREZ', ['JUAN PABLO', 'GOMEZ', 'ALVAREZ']],
    ['CURL870624MDFRZZ', 'MARÍA DE LA LUZ DE LA CRUZ RUIZ', ['MARÍA DE LA LUZ', 'DE LA CRUZ', 'RUIZ']],
    ['POMA870624HDFNXN', 'ANGEL PONCE DE LEÓN MUÑOZ', ['ANGEL', 'PONCE DE LEÓN', 'MUÑOZ']],
    ['GAXM870624MDFRXR', 'MARIA GARCIA', ['MARIA', 'GARCIA', '']],
    ['GAXM870624MDFRXR', 'LAURA GARCIA', undefined],
    ['GAXM870624MDFRXR', '', undefined],
    ['GAGG870624MDFRRR', 'GARCIA GARCIA GARCIA GARCIA', undefined],
  ])('%s: %s', (curp, fullName, parts) => {
    const [firstName = '', lastName = '', lastName2 = ''] = parts ?? [];
    expect(divideName(curp, fullName)).toEqual(parts && names(firstName, lastName, lastName2));
  });
});
