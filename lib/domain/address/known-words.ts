import { PLOT_WORDS, STREET_WORDS, UNIT_WORDS, type Word } from './address-words.ts';

const HAS_DIGIT = /\d/;
/** Words that tell no name apart. */
const ARTICLES = ['de', 'del', 'la', 'el', 'los', 'las', 'y', 'of', 'the'];

/** Joins two typed words that are one word of the place: `21 A` on `Calle 21-A`. */
export function joinSplitWords(words: readonly Word[], part: readonly Word[]): Word[] {
  const joined: Word[] = [];
  for (const word of words) {
    const previous = joined.at(-1);
    const whole =
      previous && HAS_DIGIT.test(previous.bare) && !previous.endsPart && /^\p{L}$/u.test(word.bare)
        ? part.find(({ bare }) => bare.replace('-', '') === previous.bare + word.bare)
        : undefined;
    if (previous && whole)
      joined.splice(-1, 1, { ...whole, text: `${previous.text} ${word.text}`, endsPart: word.endsPart });
    else joined.push(word);
  }
  return joined;
}

/**
 * Marks the longest run of words that a part of the place also contains. Digits alone match only a whole part: the 5 of "5 de
 * Mayo" is no house number, another 5 beside it is.
 */
export function markKnownWords(words: readonly Word[], part: readonly Word[]): void {
  const wordCount = part.filter(({ bare }) => !STREET_WORDS.has(bare)).length;
  let [best, from] = [0, 0];
  for (let index = 0; index < words.length; index += 1) {
    for (let start = 0; start < part.length; start += 1) {
      let length = 0;
      while (isSameWord(words, index + length, part[start + length])) length += 1;
      const run = words.slice(index, index + length);
      const isMatch =
        run.some(({ bare }) => !HAS_DIGIT.test(bare) && !ARTICLES.includes(bare)) ||
        (length > 0 && length >= wordCount);
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
    previousWord && (PLOT_WORDS.has(previousWord.bare) || UNIT_WORDS.has(previousWord.bare)) && !previousWord.endsPart;
  // A number after a word such as `lote` or `piso` belongs to it, unless an ordinal stands before the word: `2nd floor`.
  if (HAS_DIGIT.test(word.bare) && hasMarker && !/^\d+\D+$/.test(earlierWord?.bare ?? '')) return false;
  const isUnfinished =
    index === words.length - 1 && /^\p{L}{2,}$/u.test(word.bare) && placeWord.bare.startsWith(word.bare);
  return word.key === placeWord.key || isUnfinished;
}
