import {
  AREA_WORDS,
  NUMBER_WORDS,
  PLOT_WORDS,
  SETTLEMENT_WORDS,
  STREET_PREFIXES,
  STREET_WORDS,
  splitWords,
  type Word,
} from './address-words.ts';
import { getCountryProfile } from './country-profiles.ts';
import { countCrossingWords } from './crossing.ts';
import { joinSplitWords, markKnownWords } from './known-words.ts';
import { countUnitWords, isWordWithNumber } from './unit-words.ts';

/** The part of a search text that the chosen place does not contain. */
export type HouseNumber = {
  /** House number, block and lot, or kilometer, and a crossing, as typed, for the street line. */
  number: string;
  /** Apartment, floor or box, as typed, for the second line. */
  unit: string;
  /** All words that are not in the place and no unit, as typed. */
  rest: string;
  /** False when `number` has a crossing or area only. */
  hasNumber: boolean;
  /** False when a word with a digit could not be read for certain. `number` is then `rest`. */
  isCertain: boolean;
};

const HOUSE_NUMBER = /^#?\d{1,5}(?:-?(?:bis|ter|\p{L}))?(?:-\d{1,5}\p{L}?|-\d\/\d{1,2})?$/u;
const NUMBER_SUFFIX = /^(?:bis|ter|\p{L}|\d\/\d{1,2})$/u;
const PLOT_VALUE = /^(?:\p{L}|#?[\p{L}-]*\d.*|[ivxl]{1,4})$/u;
const ORDINAL = /^\d{1,2}(?:er|ro|do|da|ra|to|ta|vo|mo|st|nd|rd|th|[oa°])$/;
const HAS_DIGIT = /\d/;

/** What the words at an index are, and how many. A `rest` word is kept only where the text cannot be read. */
type Reading = { kind: 'house' | 'plot' | 'other' | 'unit' | 'unclear' | 'rest' | 'label'; length: number };

/**
 * Parses the words of a search text that the place does not contain. A word with a digit is never dropped: one that cannot
 * be read stays as typed, and the result is not certain.
 *
 * @param placeParts street, house number, postal code, city and state of the place
 * @param country of the place (ISO 3166-1 alpha-2)
 */
export function parseHouseNumber(searchText: string, placeParts: readonly string[], country: string): HouseNumber {
  const parts = placeParts.map(splitWords);
  const words = joinSplitWords(splitWords(searchText), parts[0] ?? []);
  for (const part of parts) markKnownWords(words, part);

  const readings: (Reading & { words: readonly Word[] })[] = [];
  for (let index = 0; index < words.length; index += 1) {
    if (words[index]?.isKnown) continue;
    const hasHouse = readings.some(({ kind }) => kind === 'house');
    const reading = readWords(words, index, { hasHouse, isSignOfUnit: getCountryProfile(country).isNumberFirst });
    readings.push({ ...reading, words: words.slice(index, index + reading.length) });
    index += reading.length - 1;
  }
  const join = (...kinds: readonly Reading['kind'][]) =>
    readings
      .filter(({ kind }) => kinds.includes(kind))
      .flatMap((reading) => reading.words.map(({ text }) => text))
      .join(' ');
  const isCertain = readings.every(({ kind }) => kind !== 'unclear');
  const rest = join('house', 'plot', 'other', 'unclear', 'rest');
  return {
    number: isCertain ? join('house', 'plot', 'other') : rest,
    unit: join('unit'),
    rest: HAS_DIGIT.test(rest) ? rest : join('house', 'plot', 'other'),
    hasNumber: readings.some(({ kind }) => ['house', 'plot', 'unclear'].includes(kind)),
    isCertain,
  };
}

type Before = { hasHouse: boolean; isSignOfUnit: boolean };

function readWords(words: readonly Word[], index: number, { hasHouse, isSignOfUnit }: Before): Reading {
  const word = words[index];
  const unitLength = countUnitWords(words, index, hasHouse);
  if (!word || unitLength > 0) return { kind: 'unit', length: Math.max(unitLength, 1) };
  const crossingLength = countCrossingWords(words, index);
  if (crossingLength > 0) return { kind: 'other', length: crossingLength };
  const plotLength = countPlotWords(words, index);
  if (plotLength > 0) return { kind: 'plot', length: plotLength };
  const areaLength = countAreaWords(words, index);
  if (areaLength > 0) return { kind: SETTLEMENT_WORDS.has(word.bare) ? 'unclear' : 'other', length: areaLength };
  if (/^s\/?n°?$/.test(word.bare)) return { kind: 'plot', length: 1 };
  if (/^(?:sin num(?:ero)?|domicilio conocido)$/.test(`${word.bare} ${words[index + 1]?.bare}`))
    return { kind: 'plot', length: 2 };
  if (!hasHouse && NUMBER_WORDS.has(word.bare) && HOUSE_NUMBER.test(words[index + 1]?.bare ?? ''))
    return { kind: 'label', length: 1 };
  if (word.bare.startsWith('#') && hasHouse && isSignOfUnit) return { kind: 'unit', length: 1 };
  const previous = words[index - 1];
  if (!HAS_DIGIT.test(word.bare)) {
    // `St` after a known name, `Col.` before one.
    const isLabel = words[index + 1]?.isKnown || (previous?.isKnown && STREET_WORDS.has(word.bare));
    return { kind: isLabel ? 'label' : 'rest', length: 1 };
  }
  if (!HOUSE_NUMBER.test(word.bare)) return { kind: 'unclear', length: 1 };
  const isOfStreet = previous !== undefined && STREET_PREFIXES.has(previous.bare) && !previous.endsPart;
  // Five digits that do not begin the text are a postal code as often as a house number.
  const isUnclear = hasHouse || isOfStreet || (index > 0 && /^\d{5}$/.test(word.bare));
  return { kind: isUnclear ? 'unclear' : 'house', length: countNumberWords(words, index) };
}

/** Counts a house number and its suffixes: `14 Bis A`, `12 1/2`. */
function countNumberWords(words: readonly Word[], index: number): number {
  let length = 1;
  while (length < 3) {
    const [word, next] = [words[index + length - 1], words[index + length]];
    if (!next || next.isKnown || word?.endsPart || !NUMBER_SUFFIX.test(next.bare)) break;
    if (countCrossingWords(words, index + length) > 0) break;
    length += 1;
  }
  return length;
}

/** Counts the words of a block, a lot or a kilometer: `Mz A`, `Lote No. 5`, `km14+500`, `M 3 L 12`. */
function countPlotWords(words: readonly Word[], index: number): number {
  const [word, next, third, fourth] = words.slice(index, index + 4);
  const [first = '', second = ''] = [word?.bare, next?.bare];
  const isValue = (candidate: Word | undefined) =>
    Boolean(candidate && !candidate.isKnown && PLOT_VALUE.test(candidate.bare));
  if (/^m[.-]?\d+\p{L}?$/u.test(first) && /^l[.-]?\d/.test(second)) return 2;
  if (first === 'm' && isValue(next) && third?.bare === 'l' && isValue(fourth)) return 4;
  if (!word || word.endsPart) return word && isWordWithNumber(word, PLOT_WORDS) ? 1 : 0;
  if (PLOT_WORDS.has(first) && NUMBER_WORDS.has(second) && isValue(third)) return 3;
  if (PLOT_WORDS.has(first) && isValue(next)) return 2;
  return isWordWithNumber(word, PLOT_WORDS) ? 1 : 0;
}

/** Counts the words of an area with a number: `Región 94`, `2a Sección`, `Col. 20 de Noviembre`. */
function countAreaWords(words: readonly Word[], index: number): number {
  const [word, next] = [words[index], words[index + 1]];
  if (!word || !next || word.endsPart || next.isKnown) return 0;
  if (ORDINAL.test(word.bare) && AREA_WORDS.has(next.bare)) return 2;
  if (AREA_WORDS.has(word.bare) && PLOT_VALUE.test(next.bare)) return 2;
  if (!SETTLEMENT_WORDS.has(word.bare)) return 0;
  const end = words.findIndex(
    (other, at) => at > index && (other.endsPart || words[at + 1]?.isKnown || at === words.length - 1),
  );
  const name = words.slice(index, end + 1);
  return name.some(({ bare }) => HAS_DIGIT.test(bare)) ? name.length : 0;
}
