import { CROSSING_WORDS, NUMERIC_CROSSING_WORDS, PLOT_WORDS, STREET_PREFIXES, type Word } from './address-words.ts';
import { countUnitWords } from './unit-words.ts';

const STREET_NUMBER = /^\d{1,4}(?:-?\p{L})?$/u;
const CONJUNCTIONS = ['y', 'e', '&', 'con'];

/** Counts the words of a numbered street at an index: `59`, `calle 59`, `59 A`; 0 if there is none. */
function countStreet(words: readonly Word[], index: number): number {
  const start = STREET_PREFIXES.has(words[index]?.bare ?? '') ? index + 1 : index;
  const [number, suffix] = [words[start], words[start + 1]];
  if (!number || number.isKnown || !STREET_NUMBER.test(number.bare)) return 0;
  const hasSuffix = suffix !== undefined && !number.endsPart && /^(?:[a-d]|bis)$/.test(suffix.bare);
  return start - index + (hasSuffix ? 2 : 1);
}

/** Counts the words after `entre` or `esquina` up to a comma, a word of the place, a unit or a lot. */
function countName(words: readonly Word[], index: number): number {
  let end = index;
  for (let word = words[end]; word && !word.isKnown; word = words[end]) {
    if (countUnitWords(words, end, true) > 0 || PLOT_WORDS.has(word.bare)) break;
    end += 1;
    if (word.endsPart) break;
  }
  return end - index;
}

/**
 * Counts the words of a crossing at an index, which tells between which streets a house is: `entre 59 y 61`, `x 59`,
 * `esq. 5 de Mayo`. Its numbers are no house numbers.
 */
export function countCrossingWords(words: readonly Word[], index: number): number {
  const marker = words[index];
  if (!marker || marker.isKnown || marker.endsPart) return 0;
  const isCrossing = CROSSING_WORDS.has(marker.bare);
  if (!isCrossing && !NUMERIC_CROSSING_WORDS.has(marker.bare)) return 0;
  const first = countStreet(words, index + 1);
  const second = index + 1 + first;
  const hasSecond = first > 0 && !words[second - 1]?.endsPart && CONJUNCTIONS.includes(words[second]?.bare ?? '');
  const other = hasSecond ? countStreet(words, second + 1) : 0;
  if (other > 0) return second + 1 + other - index;
  if (first > 0 && !hasSecond && words[second]?.bare !== 'de') return second - index;
  const name = isCrossing ? countName(words, index + 1) : 0;
  return name > 0 ? name + 1 : 0;
}
