import { STATE_TABLE } from '../domain/address/state-table.ts';

/** First two digits of the postal codes of each state, in the order of `STATE_TABLE.MX`. */
const FIRST_DIGITS =
  '20 21 23 24 29 31 03 25 28 34 50 36 39 42 44 58 62 63 64 68 72 76 77 78 80 83 86 87 90 91 97 98'.split(' ');
const NAMES = [
  'San Ángel',
  'Peñón de los Baños',
  'Narvarte',
  'Güémez',
  'Del Valle',
  'Ñuño',
  'La Concepción',
  'El Órgano',
];

type SettlementRow = { code: string; settlement: string; municipality: string; state: string };

/** Generates rows for every state: the same ones for the same count. About five settlements have one code. */
export function createSepomexRows(count: number): SettlementRow[] {
  const states = STATE_TABLE['MX'] ?? [];
  return Array.from({ length: count }, (_, index) => {
    const group = Math.floor(index / 5);
    const stateIndex = group % states.length;
    const code = `${FIRST_DIGITS[stateIndex]}${String(Math.floor(group / states.length) % 1_000).padStart(3, '0')}`;
    return {
      code,
      settlement: `${NAMES[index % NAMES.length]} ${index}`,
      municipality: `Municipio de ${NAMES[group % NAMES.length]}`,
      state: states[stateIndex]?.[2] ?? '',
    };
  });
}
