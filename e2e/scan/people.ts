import { createRandom, pick } from './random.ts';

/** An invented person. Names are as a person writes them; documents print them in capitals. */
export type Person = {
  firstName: string;
  /** Only a licence has it. Empty for three of eight people. */
  middleName: string;
  lastName: string;
  /** Empty for a person with one surname. */
  lastName2: string;
  /** As in a CURP: H for a man (hombre), M for a woman (mujer). */
  sex: 'H' | 'M';
  /** `YYYY-MM-DD` */
  dob: string;
  /** Letters of the state of birth in a CURP, and its ISO 3166-2 code. */
  birthState: readonly [string, string];
  street: string;
};

/** The person of the documents in browser tests. */
export const SAMPLE_PERSON: Person = {
  firstName: 'Begoña',
  middleName: 'Lucía',
  lastName: 'Núñez',
  lastName2: 'de la Peña',
  sex: 'M',
  dob: '1987-06-24',
  birthState: ['JC', 'MX-JAL'],
  street: '1123 MAPLE AVE',
};

const split = (text: string) => text.split('|');
const WOMEN = split(
  'María|Ana|Begoña|María del Carmen|María de los Ángeles|Ma. Guadalupe|Luz del Alba|Zoé|Úrsula|Xóchitl|Inés|María Fernanda|Noemí|Íngrid',
);
const MEN = split(
  'José|Íñigo|José Ángel|Juan de Dios|Óscar|J. Refugio|Saúl|Cuauhtémoc|Fco. Javier|Raúl|Joaquín|Ulises|José María|Andrés',
);
const MIDDLE_NAMES = split('|||Lucía|Iñaki|de Jesús|Ángel|Guadalupe');
const SURNAMES = split(
  'Peña|Muñoz|Núñez|Ibáñez|Güemes|Argüelles|de la O|De la Cruz|del Río|Ponce de León|Montes de Oca|García|López|Ñáñez|' +
    "Ortega y Gasset|San Martín|Mac Gregor|O'Farrill|García-Huidobro|Chí|Uc|Zúñiga|Yáñez|Ávila|Íñiguez|Hernández|Rodríguez",
);
const STATES = split('AS AGU|DF CMX|MC MEX|JC JAL|NL NLE|VZ VER|OC OAX|PL PUE|MN MIC|CS CHP|GT GUA|BC BCN').map(
  (row) => {
    const [letters = '', code = ''] = row.split(' ');
    return [letters, `MX-${code}`] as const;
  },
);
const STREETS = split('1123 MAPLE AVE|77 EL CAMINO REAL|9 PEÑA ST|2300 WEST BROAD STREET|405 N 5TH ST');

const pad = (number: number) => String(number).padStart(2, '0');

/** Creates invented people: always the same for a seed. */
export function createPeople(count: number, seed = 1): Person[] {
  const random = createRandom(seed);
  return Array.from({ length: count }, () => {
    const sex = pick(random, ['H', 'M'] as const);
    return {
      sex,
      firstName: pick(random, sex === 'M' ? WOMEN : MEN),
      middleName: pick(random, MIDDLE_NAMES),
      lastName: pick(random, SURNAMES),
      lastName2: random() < 0.12 ? '' : pick(random, SURNAMES),
      dob: `${1940 + Math.floor(random() * 68)}-${pad(1 + Math.floor(random() * 12))}-${pad(1 + Math.floor(random() * 28))}`,
      birthState: pick(random, STATES),
      street: pick(random, STREETS),
    };
  });
}
