import { normalizeCodeText } from '../text/normalize.ts';

/** The part of a search text that the chosen place does not contain. */
export type HouseNumber = {
  /** House number, block and lot, or kilometer, as typed, for the street line. */
  number: string;
  /** Apartment, floor or box, as typed, for the second line. */
  unit: string;
  /** False when a word with a digit could not be read for certain. */
  isCertain: boolean;
};

const toWordSet = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** Words before the number of a unit or box (USPS Publication 28, appendix C2; INEGI, norma de domicilios). */
const UNIT_WORDS = toWordSet(`
  int interior depto dpto dept departamento dep apto apartamento piso torre edificio edif ed casa local oficina of despacho
  nivel puerta cuarto bloque apt apartment unit ste suite rm room fl floor bldg building trlr spc space box pobox apartado
  apdo postal hab sala conj bloco andar lot rr hc
`);
/** Units with a name as often as a number. */
const NAMED_UNITS = toWordSet('torre edificio edif bldg building bloque planta modulo');
const SINGLE_WORD_UNITS = toWordSet('altos bajos pb ph penthouse basement sotano azotea mezzanine');
const ORDINAL = /^\d{1,3}(?:er|ro|do|da|ra|to|ta|vo|mo|st|nd|rd|th)$/;
/** `2o piso` is an ordinal, and `1A piso 3` is a house. */
const ORDINAL_OR_HOUSE = /^\d{1,3}[oa]$/;
const FLOOR_WORDS = toWordSet('piso planta nivel andar floor fl');
/** `entre 59 y 61`, in Yucatán `x 59 y 61`. */
const BETWEEN_WORDS = toWordSet('entre x por');
/** `P.O. Box`, `apartado postal`. */
const UNIT_PREFIX_WORDS = toWordSet('po p.o apartado apdo');
/** Words before a block, a lot or a kilometer, which replace house numbers on some streets. */
const PLOT_WORDS = toWordSet(`
  mz mza mzn mzna manzana lt lte lote sm smz supermanzana km kilometro kilometer parcela predio sector etapa
`);
const NUMBER_WORDS = toWordSet('no num numero nro n° number ext exterior');
const STREET_WORDS = toWordSet(`
  calle avenida av ave avenue c street st road rd drive dr boulevard blvd calzada calz carretera carr camino privada priv
  andador callejon cerrada rua
`);
const HOUSE_NUMBER = /^\d{1,5}(?:-?\p{L})?(?:-\d{1,5}\p{L}?)?$/u;
const NUMBER_SUFFIX = /^(?:bis|ter|\p{L}|\d\/\d{1,2})$/iu;
const HAS_DIGIT = /\d/;

type Word = { text: string; bare: string; endsPart: boolean; isKnown: boolean };

const normalizeWord = (text: string) =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/\.(?!\d)/g, '');

export const isUnitWord = (word: string): boolean => UNIT_WORDS.has(normalizeWord(word));

const splitWords = (text: string): Word[] =>
  (text.replace(/#\s+(?=\d)/g, '#').match(/[^\s,;]+[,;]?/g) ?? []).map((raw) => {
    const word = raw.replace(/[,;]$/, '');
    return { text: word, bare: normalizeWord(word), endsPart: word !== raw, isKnown: false };
  });

/**
 * Parses the words of a search text that the place does not contain. A word with a digit is never dropped: one that cannot
 * be read stays in `number`, and the result is not certain.
 *
 * @param placeParts street, house number, postal code, city and state of the place
 */
export function parseHouseNumber(searchText: string, placeParts: readonly string[]): HouseNumber {
  const words = splitWords(normalizeCodeText(searchText).replaceAll('\u2044', '/')); // NFKC writes a half as 1\u20442
  for (const part of placeParts) markKnownWords(words, splitWords(part));
  const houseNumber = { number: [] as string[], unit: [] as string[], isCertain: true };
  let numberCount = 0;
  const getUnknownWord = (index: number): Word | undefined => (words[index]?.isKnown ? undefined : words[index]);

  for (let index = 0; index < words.length; index += 1) {
    const word = getUnknownWord(index);
    if (!word) continue;
    const length = countUnitWords(words, index);
    if (length > 0) {
      houseNumber.unit.push(joinWords(words, index, length));
      index += length - 1;
    } else if (isBetween(words.slice(index, index + 4))) {
      houseNumber.number.push(joinWords(words, index, 4));
      index += 3;
    } else if (
      isMarker(word, PLOT_WORDS) &&
      getUnknownWord(index + 1) &&
      HAS_DIGIT.test(words[index + 1]?.text ?? '')
    ) {
      houseNumber.number.push(joinWords(words, index, 2));
      index += 1;
    } else if (isWordWithNumber(word, PLOT_WORDS) || word.bare === 's/n') {
      houseNumber.number.push(word.text);
    } else if (NUMBER_WORDS.has(word.bare) && HOUSE_NUMBER.test(words[index + 1]?.bare ?? '')) {
      // The number follows as the next word.
    } else if (/^#\d/.test(word.bare) && numberCount > 0) {
      houseNumber.unit.push(word.text);
    } else if (HOUSE_NUMBER.test(word.bare.replace(/^#/, ''))) {
      const next = word.endsPart ? undefined : getUnknownWord(index + 1);
      const hasSuffix =
        next !== undefined && NUMBER_SUFFIX.test(next.bare) && !isBetween(words.slice(index + 1, index + 5));
      // Five digits that do not begin the text are a postal code as often as a house number.
      if (numberCount > 0 || (index > 0 && /^\d{5}$/.test(word.bare))) houseNumber.isCertain = false;
      houseNumber.number.push(joinWords(words, index, hasSuffix ? 2 : 1));
      numberCount += 1;
      if (hasSuffix) index += 1;
    } else if (HAS_DIGIT.test(word.text)) {
      houseNumber.number.push(word.text);
      houseNumber.isCertain = false;
    }
  }
  return { number: houseNumber.number.join(' '), unit: houseNumber.unit.join(' '), isCertain: houseNumber.isCertain };
}

const joinWords = (words: readonly Word[], from: number, count: number) =>
  words
    .slice(from, from + count)
    .map(({ text }) => text)
    .join(' ');

const isMarker = ({ bare }: Word, marks: ReadonlySet<string>) => marks.has(bare);

/** `Mz3`, `Int.4`, `apt#5` */
function isWordWithNumber({ bare }: Word, marks: ReadonlySet<string>): boolean {
  const [, mark = ''] = /^(\p{L}+)[.#-]?\d/u.exec(bare) ?? [];
  return marks.has(mark);
}

const isBetween = ([word, from, and, to]: readonly (Word | undefined)[]) =>
  [word, from, and, to].every((part) => part && !part.isKnown) &&
  BETWEEN_WORDS.has(word?.bare ?? '') &&
  [from, to].every((part) => HOUSE_NUMBER.test(part?.bare ?? '')) &&
  and?.bare === 'y';

/** Returns the number of words of the unit that begins at `index`, or 0. */
function countUnitWords(words: readonly Word[], index: number): number {
  const [word, next, afterNext] = [words[index], words[index + 1], words[index + 2]];
  if (!word || word.isKnown) return 0;
  const isValue = (candidate: Word | undefined) =>
    candidate !== undefined &&
    !candidate.isKnown &&
    /^#?[\p{L}\d][\p{L}\d/-]{0,7}$/u.test(candidate.bare) &&
    !isName(candidate.bare);
  if (isWordWithNumber(word, UNIT_WORDS) || SINGLE_WORD_UNITS.has(word.bare)) return 1;
  if (next && FLOOR_WORDS.has(next.bare)) {
    const isNext = !next.endsPart && (isValue(afterNext) || /^(baja|alta)$/.test(afterNext?.bare ?? ''));
    if (ORDINAL.test(word.bare) || (ORDINAL_OR_HOUSE.test(word.bare) && !isNext)) return 2;
  }
  if (UNIT_PREFIX_WORDS.has(word.bare) && next && isMarker(next, UNIT_WORDS) && isValue(afterNext)) return 3;
  if (NAMED_UNITS.has(word.bare) && next && !next.isKnown && !word.endsPart) return 2;
  return isMarker(word, UNIT_WORDS) && isValue(next) ? 2 : 0;
}

/** A unit is a number, a letter, or both; three letters are a name. */
const isName = (bare: string) => /^\p{L}{3,}$/u.test(bare);

/**
 * Marks the longest run of words that the place also contains. Digits alone match only a whole part: the 5 of "5 de Mayo"
 * is no house number, another 5 beside it is.
 */
function markKnownWords(words: readonly Word[], part: readonly Word[]): void {
  const wordCount = part.filter(({ bare }) => !STREET_WORDS.has(bare)).length;
  let [best, from] = [0, 0];
  for (let index = 0; index < words.length; index += 1) {
    for (let start = 0; start < part.length; start += 1) {
      let length = 0;
      while (isSameWord(words, index + length, part[start + length])) length += 1;
      const run = words.slice(index, index + length);
      const isMatch = run.some(({ bare }) => !HAS_DIGIT.test(bare)) || (length > 0 && length >= wordCount);
      if (isMatch && length > best) [best, from] = [length, index];
    }
  }
  for (const word of words.slice(from, from + best)) word.isKnown = true;
}

function isSameWord(words: readonly Word[], index: number, placeWord: Word | undefined): boolean {
  const word = words[index];
  if (!word || !placeWord || word.isKnown) return false;
  const [earlierWord, previousWord] = [words[index - 2], words[index - 1]];
  const hasMarker =
    previousWord &&
    (isMarker(previousWord, PLOT_WORDS) || isMarker(previousWord, UNIT_WORDS)) &&
    !previousWord.endsPart;
  // A number after a word such as `lote` or `piso` belongs to it, unless an ordinal stands before the word: `2nd floor`.
  if (HAS_DIGIT.test(word.bare) && hasMarker && !/^\d+\D+$/.test(earlierWord?.bare ?? '')) return false;
  const isUnfinished =
    index === words.length - 1 && /^\p{L}{2,}$/u.test(word.bare) && placeWord.bare.startsWith(word.bare);
  return word.bare === placeWord.bare || isUnfinished;
}
