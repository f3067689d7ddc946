import type { PostalArea } from '../domain/address/postal-area.ts';
import { findState } from '../domain/address/states.ts';

/** Second line of SEPOMEX's `CPdescarga.txt`; the first one is a notice (docs/operations.md#postal-codes). */
const HEADER =
  'd_codigo|d_asenta|d_tipo_asenta|D_mnpio|d_estado|d_ciudad|d_CP|c_estado|c_oficina|c_CP|c_tipo_asenta|c_mnpio|id_asenta_cpcons|d_zona|c_cve_ciudad';
const COLUMN_COUNT = HEADER.split('|').length;
/** UTF-8 read as Latin-1: a lead byte and a continuation byte, or a replacement character. */
const UTF8_MARKS = /[ÂÃ][\u0080-\u00bf]|ï¿½|ï»¿/;

/** A file that is not SEPOMEX's, or is broken. The message says where. */
export class PostalFileError extends Error {}

type Place = { state: string; municipality: string; settlements: Set<string>; isAmbiguous: boolean };

export type SepomexAreas = {
  areas: PostalArea[];
  /** Codes of several municipalities. They are left out: the code alone does not tell the municipality. */
  ambiguousCodes: string[];
};

/**
 * Reads SEPOMEX's list of settlements, one per row, in Latin-1.
 *
 * @throws PostalFileError for another encoding or header, a row with other columns, no name, or an unknown code or state
 */
export function parseSepomex(bytes: Buffer): SepomexAreas {
  const text = bytes.toString('latin1');
  if (UTF8_MARKS.test(text)) throw new PostalFileError('The file is not in Latin-1; it looks like UTF-8.');
  const [, header, ...rows] = text.split(/\r?\n/);
  if (header !== HEADER) throw new PostalFileError('Line 2 does not have the columns of CPdescarga.txt.');
  if (rows.at(-1) === '') rows.pop();
  const places = new Map<string, Place>();
  for (const [index, row] of rows.entries()) addRow(places, row, index + 3);
  const entries = [...places].sort(([first], [second]) => first.localeCompare(second));
  const { compare } = new Intl.Collator('es');
  return {
    areas: entries
      .filter(([, { isAmbiguous }]) => !isAmbiguous)
      .map(([code, { state, municipality, settlements }]) => ({
        code,
        state,
        municipality,
        settlements: [...settlements].sort(compare),
      })),
    ambiguousCodes: entries.filter(([, { isAmbiguous }]) => isAmbiguous).map(([code]) => code),
  };
}

const stateNames = new Map<string, string | undefined>();
function findShortState(text: string): string | undefined {
  if (!stateNames.has(text)) stateNames.set(text, findState('MX', text)?.short);
  return stateNames.get(text);
}

function addRow(places: Map<string, Place>, row: string, line: number): void {
  const columns = row.split('|');
  const [code = '', settlement = '', , municipality = '', stateText = ''] = columns.map((column) => column.trim());
  if (columns.length !== COLUMN_COUNT)
    throw new PostalFileError(`Line ${line} has ${columns.length} columns, not ${COLUMN_COUNT}.`);
  if (!/^\d{5}$/.test(code)) throw new PostalFileError(`Line ${line}: the postal code does not have five digits.`);
  const state = findShortState(stateText);
  if (!state || !settlement || !municipality)
    throw new PostalFileError(`Line ${line}: settlement, municipality or state is unknown.`);
  const place = places.get(code) ?? { state, municipality, settlements: new Set(), isAmbiguous: false };
  if (place.state !== state || place.municipality !== municipality) place.isAmbiguous = true;
  place.settlements.add(settlement);
  places.set(code, place);
}
