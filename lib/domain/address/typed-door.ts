import { cleanCode } from '../text/clean.ts';

/** What somebody typed into the search beyond what the place knows: which door of the street it is. */
export type TypedDoor = {
  /** House number, block and lot, or kilometer, as typed: it belongs into the street's line. */
  number: string;
  /** Apartment, floor or box, as typed: it belongs into the second line. */
  unit: string;
  /** Whether everything with a digit was read for certain. */
  isCertain: boolean;
};

/** Words before the number of a part of a building, or of a box (USPS Publication 28, appendix C2; INEGI, norma de domicilios). */
const UNIT_WORDS = new Set([
  ...['int', 'interior', 'depto', 'dpto', 'dept', 'departamento', 'dep', 'apto', 'apartamento', 'piso', 'torre'],
  ...['edificio', 'edif', 'ed', 'casa', 'local', 'oficina', 'of', 'despacho', 'nivel', 'puerta', 'cuarto', 'bloque'],
  ...[
    'apt',
    'apartment',
    'unit',
    'ste',
    'suite',
    'rm',
    'room',
    'fl',
    'floor',
    'bldg',
    'building',
    'trlr',
    'spc',
    'space',
  ],
  ...['box', 'pobox', 'apartado', 'apdo', 'postal', 'hab', 'sala', 'conj', 'bloco', 'andar', 'lot', 'rr', 'hc'],
]);
/** Parts of a building that have a name as often as a number. */
const NAMED_UNITS = new Set(['torre', 'edificio', 'edif', 'bldg', 'building', 'bloque', 'planta', 'modulo']);
/** Units that are one word. */
const WHOLE_UNITS = new Set(['altos', 'bajos', 'pb', 'ph', 'penthouse', 'basement', 'sotano', 'azotea', 'mezzanine']);
const ORDINAL = /^\d{1,3}(?:er|ro|do|da|ra|to|ta|vo|mo|st|nd|rd|th)$/;
/** `2o piso` is an ordinal, and `1A piso 3` is a house. */
const ORDINAL_OR_HOUSE = /^\d{1,3}[oa]$/;
const FLOOR_WORDS = new Set(['piso', 'planta', 'nivel', 'andar', 'floor', 'fl']);
/** Between which streets: `entre 59 y 61`, in Yucatán `x 59 y 61`. */
const BETWEEN_WORDS = new Set(['entre', 'x', 'por']);
/** Words that lead to a unit's own word: `P.O. Box`, `apartado postal`. */
const UNIT_LEADS = new Set(['po', 'p.o', 'apartado', 'apdo']);
/** Words before a block, a lot or a kilometer, by which streets without house numbers are addressed. */
const PLOT_WORDS = new Set([
  ...['mz', 'mza', 'mzn', 'mzna', 'manzana', 'lt', 'lte', 'lote', 'sm', 'smz', 'supermanzana', 'km', 'kilometro'],
  ...['kilometer', 'parcela', 'predio', 'sector', 'etapa'],
]);
const NUMBER_WORDS = new Set(['no', 'num', 'numero', 'nro', 'n°', 'number', 'ext', 'exterior']);
const STREET_WORDS = new Set([
  ...['calle', 'avenida', 'av', 'ave', 'avenue', 'c', 'street', 'st', 'road', 'rd', 'drive', 'dr', 'boulevard', 'blvd'],
  ...['calzada', 'calz', 'carretera', 'carr', 'camino', 'privada', 'priv', 'andador', 'callejon', 'cerrada', 'rua'],
]);
const NUMBER = /^\d{1,5}(?:-?\p{L})?(?:-\d{1,5}\p{L}?)?$/u;
const SUFFIX = /^(?:bis|ter|\p{L}|\d\/\d{1,2})$/iu;
const HAS_DIGIT = /\d/;

type Word = { text: string; bare: string; endsPart: boolean; isKnown: boolean };

const bareWord = (text: string) =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/\.(?!\d)/g, '');

/** Whether a word leads to the number of a part of a building, or of a box. */
export const isUnitWord = (word: string): boolean => UNIT_WORDS.has(bareWord(word));

const splitWords = (text: string): Word[] =>
  (text.replace(/#\s+(?=\d)/g, '#').match(/[^\s,;]+[,;]?/g) ?? []).map((raw) => {
    const word = raw.replace(/[,;]$/, '');
    return { text: word, bare: bareWord(word), endsPart: word !== raw, isKnown: false };
  });

/**
 * Reads from what was typed what the place does not know. Nothing with a digit is left out: what cannot be read stays
 * in `number` as it was typed, and is not certain.
 *
 * @param known what the place says, each part by itself: street, house number, postal code, city, state
 */
export function readTypedDoor(typed: string, known: readonly string[]): TypedDoor {
  const words = splitWords(cleanCode(typed).replaceAll('\u2044', '/')); // NFKC writes a half as 1\u20442
  for (const part of known) markKnown(words, splitWords(part));
  const door = { number: [] as string[], unit: [] as string[], isCertain: true };
  let numbers = 0;
  const open = (at: number): Word | undefined => (words[at]?.isKnown ? undefined : words[at]);

  for (let at = 0; at < words.length; at += 1) {
    const word = open(at);
    if (!word) continue;
    const length = lengthOfUnit(words, at);
    if (length > 0) {
      door.unit.push(textOf(words, at, length));
      at += length - 1;
    } else if (isBetween(words.slice(at, at + 4))) {
      door.number.push(textOf(words, at, 4));
      at += 3;
    } else if (isMarker(word, PLOT_WORDS) && open(at + 1) && HAS_DIGIT.test(words[at + 1]?.text ?? '')) {
      door.number.push(textOf(words, at, 2));
      at += 1;
    } else if (isGlued(word, PLOT_WORDS) || word.bare === 's/n') {
      door.number.push(word.text);
    } else if (NUMBER_WORDS.has(word.bare) && NUMBER.test(words[at + 1]?.bare ?? '')) {
      // The number itself follows.
    } else if (/^#\d/.test(word.bare) && numbers > 0) {
      door.unit.push(word.text);
    } else if (NUMBER.test(word.bare.replace(/^#/, ''))) {
      const next = word.endsPart ? undefined : open(at + 1);
      const hasSuffix = next !== undefined && SUFFIX.test(next.bare) && !isBetween(words.slice(at + 1, at + 5));
      // Five digits that do not begin the text are a postal code as often as a house number.
      if (numbers > 0 || (at > 0 && /^\d{5}$/.test(word.bare))) door.isCertain = false;
      door.number.push(textOf(words, at, hasSuffix ? 2 : 1));
      numbers += 1;
      if (hasSuffix) at += 1;
    } else if (HAS_DIGIT.test(word.text)) {
      door.number.push(word.text);
      door.isCertain = false;
    }
  }
  return { number: door.number.join(' '), unit: door.unit.join(' '), isCertain: door.isCertain };
}

const textOf = (words: readonly Word[], from: number, count: number) =>
  words
    .slice(from, from + count)
    .map(({ text }) => text)
    .join(' ');

const isMarker = ({ bare }: Word, marks: ReadonlySet<string>) => marks.has(bare);

/** `Mz3`, `Int.4`, `apt#5`: a word and its number written as one. */
function isGlued({ bare }: Word, marks: ReadonlySet<string>): boolean {
  const [, mark = ''] = /^(\p{L}+)[.#-]?\d/u.exec(bare) ?? [];
  return marks.has(mark);
}

const isBetween = ([word, from, and, to]: readonly (Word | undefined)[]) =>
  [word, from, and, to].every((one) => one && !one.isKnown) &&
  BETWEEN_WORDS.has(word?.bare ?? '') &&
  [from, to].every((one) => NUMBER.test(one?.bare ?? '')) &&
  and?.bare === 'y';

/** Words that a unit takes from here on, 0 when none begins here. */
function lengthOfUnit(words: readonly Word[], at: number): number {
  const [word, next, afterNext] = [words[at], words[at + 1], words[at + 2]];
  if (!word || word.isKnown) return 0;
  const isValue = (one: Word | undefined) =>
    one !== undefined && !one.isKnown && /^#?[\p{L}\d][\p{L}\d/-]{0,7}$/u.test(one.bare) && !isName(one.bare);
  if (isGlued(word, UNIT_WORDS) || WHOLE_UNITS.has(word.bare)) return 1;
  if (next && FLOOR_WORDS.has(next.bare)) {
    const isNext = !next.endsPart && (isValue(afterNext) || /^(baja|alta)$/.test(afterNext?.bare ?? ''));
    if (ORDINAL.test(word.bare) || (ORDINAL_OR_HOUSE.test(word.bare) && !isNext)) return 2;
  }
  if (UNIT_LEADS.has(word.bare) && next && isMarker(next, UNIT_WORDS) && isValue(afterNext)) return 3;
  if (NAMED_UNITS.has(word.bare) && next && !next.isKnown && !word.endsPart) return 2;
  return isMarker(word, UNIT_WORDS) && isValue(next) ? 2 : 0;
}

/** Words of several letters name something; a unit is a number, a letter, or both. */
const isName = (bare: string) => /^\p{L}{3,}$/u.test(bare);

/**
 * Marks the longest run of words that the place has, too. Digits alone are such a run only when they are all of the
 * part: the 5 of "5 de Mayo" is no house number, and another 5 beside it is.
 */
function markKnown(words: readonly Word[], part: readonly Word[]): void {
  const whole = part.filter(({ bare }) => !STREET_WORDS.has(bare)).length;
  let [best, from] = [0, 0];
  for (let at = 0; at < words.length; at += 1) {
    for (let start = 0; start < part.length; start += 1) {
      let length = 0;
      while (isSame(words, at + length, part[start + length])) length += 1;
      const run = words.slice(at, at + length);
      const isMeant = run.some(({ bare }) => !HAS_DIGIT.test(bare)) || (length > 0 && length >= whole);
      if (isMeant && length > best) [best, from] = [length, at];
    }
  }
  for (const word of words.slice(from, from + best)) word.isKnown = true;
}

function isSame(words: readonly Word[], at: number, known: Word | undefined): boolean {
  const word = words[at];
  if (!word || !known || word.isKnown) return false;
  const [lead, before] = [words[at - 2], words[at - 1]];
  const isMarked = before && (isMarker(before, PLOT_WORDS) || isMarker(before, UNIT_WORDS)) && !before.endsPart;
  // The number of a block, a lot, a kilometer or a unit is theirs, unless an ordinal was: `2nd floor`.
  if (HAS_DIGIT.test(word.bare) && isMarked && !/^\d+\D+$/.test(lead?.bare ?? '')) return false;
  const isUnfinished = at === words.length - 1 && /^\p{L}{2,}$/u.test(word.bare) && known.bare.startsWith(word.bare);
  return word.bare === known.bare || isUnfinished;
}
