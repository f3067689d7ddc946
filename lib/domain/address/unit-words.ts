import {
  FINAL_UNITS,
  FLOOR_WORDS,
  NAMED_UNITS,
  NUMBER_WORDS,
  SINGLE_WORD_UNITS,
  UNIT_PREFIX_WORDS,
  UNIT_WORDS,
  type Word,
} from './address-words.ts';

const ORDINAL = /^\d{1,3}(?:er|ro|do|da|ra|to|ta|vo|mo|st|nd|rd|th|°)$/;
/** `2o piso` is an ordinal, and `1A piso 3` is a house. */
const ORDINAL_OR_HOUSE = /^\d{1,3}[oa]$/;

/** `Mz3`, `Int.4`, `apt#5` */
export function isWordWithNumber({ bare }: Word, marks: ReadonlySet<string>): boolean {
  const [, mark = ''] = /^(\p{L}+)[.#-]?\d/u.exec(bare) ?? [];
  return marks.has(mark);
}

/** A unit is a number, a letter, or both; three letters are a name. */
const isName = (bare: string) => /^\p{L}{3,}$/u.test(bare);

const isValue = (word: Word | undefined): boolean =>
  word !== undefined && !word.isKnown && /^#?[\p{L}\d][\p{L}\d/-]{0,7}$/u.test(word.bare) && !isName(word.bare);

/**
 * Returns the number of words of the unit that begins at an index, or 0.
 *
 * @param hasHouse whether a house number stands before it, so that `2 floor` is a floor
 */
export function countUnitWords(words: readonly Word[], index: number, hasHouse: boolean): number {
  const [word, next, third] = words.slice(index, index + 3);
  if (!word || word.isKnown) return 0;
  if (isWordWithNumber(word, UNIT_WORDS) || SINGLE_WORD_UNITS.has(word.bare) || /^\d{1,3}fl$/.test(word.bare)) return 1;
  if (FINAL_UNITS.has(word.bare) && (word.endsPart || !next)) return 1;
  if (!next || word.endsPart) return 0;
  if (FLOOR_WORDS.has(next.bare)) {
    const isNext = !next.endsPart && (isValue(third) || /^(?:baja|alta)$/.test(third?.bare ?? ''));
    if (ORDINAL.test(word.bare)) return 2;
    if (!isNext && (ORDINAL_OR_HOUSE.test(word.bare) || (hasHouse && /^\d{1,2}$/.test(word.bare)))) return 2;
  }
  const isRuralRoute = word.bare === 'rural' && next.bare === 'route';
  if (UNIT_PREFIX_WORDS.has(word.bare) && (UNIT_WORDS.has(next.bare) || isRuralRoute) && isValue(third)) return 3;
  if (UNIT_WORDS.has(word.bare) && NUMBER_WORDS.has(next.bare) && isValue(third)) return 3;
  const isUnit = (NAMED_UNITS.has(word.bare) && !next.isKnown) || (UNIT_WORDS.has(word.bare) && isValue(next));
  return isUnit ? 2 + countSuffix(words, index + 2) : 0;
}

/** Counts the letter of a unit that stands apart from its number: `interior 3 B`. */
function countSuffix(words: readonly Word[], index: number): number {
  const [number, suffix] = [words[index - 1], words[index]];
  const isSuffix = number && suffix && !number.endsPart && !suffix.isKnown && /^[a-dA-Z]$/.test(suffix.text);
  return isSuffix && /^#?\d+$/.test(number.bare) && suffix.bare !== 'x' && suffix.bare !== 'y' ? 1 : 0;
}
