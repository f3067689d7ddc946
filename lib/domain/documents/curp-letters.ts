/** Names as a person or a certificate writes them. */
export type PersonNames = { firstName: string; lastName: string; lastName2: string };

/** Words before a name that a CURP skips, and given names that it skips before another one (docs/document-mapping.md#curp). */
const PARTICLES = new Set('DA DAS DE DEL DER DI DIE DD E EL LA LAS LOS LE LES MAC MC VAN VON Y'.split(' '));
const SKIPPED_GIVEN_NAMES = new Set('MARIA MA M JOSE J'.split(' '));

/** The letter for a missing name, vowel or consonant, for `Ñ`, and in place of a vowel that would form an offensive word. */
const FILLER = 'X';

const toWords = (name: string): string[] =>
  name
    .toUpperCase()
    .replace(/Ñ/g, FILLER)
    .normalize('NFD')
    .replace(/[\u0300-\u036f.ªº]/g, '')
    .split(/\s+/)
    .filter(Boolean);

export const isParticle = (word: string): boolean => PARTICLES.has(toWords(word)[0] ?? '');

/** Returns the words that count, or all of them when no other is left. */
function withoutParticles(words: readonly string[]): readonly string[] {
  const counting = words.filter((word) => !PARTICLES.has(word));
  return counting.length > 0 ? counting : words;
}

const getSurnameWord = (surname: string): string => withoutParticles(toWords(surname))[0] ?? '';

function getGivenNameWord(givenNames: string): string {
  const words = withoutParticles(toWords(givenNames));
  const [first = '', second] = words;
  return SKIPPED_GIVEN_NAMES.has(first) && second !== undefined ? second : first;
}

const toLetter = (char: string | undefined) => (char !== undefined && /[A-Z]/.test(char) ? char : FILLER);
const findVowel = (word: string) => /[AEIOU]/.exec(word.slice(1))?.[0] ?? FILLER;
const findConsonant = (word: string) => toLetter(/[^AEIOU]/.exec(word.slice(1))?.[0]);

const isSameOrFiller = (actual: string | undefined, expected: string) => actual === expected || actual === FILLER;

/** Tells whether the first four letters of a CURP fit the names. An empty name fits any letter. */
export function hasFirstLetters(curp: string, { firstName, lastName, lastName2 }: PersonNames): boolean {
  const [first, second, given] = [getSurnameWord(lastName), getSurnameWord(lastName2), getGivenNameWord(firstName)];
  return (
    (first === '' || (toLetter(first[0]) === curp[0] && isSameOrFiller(curp[1], findVowel(first)))) &&
    (second === '' || toLetter(second[0]) === curp[2]) &&
    (given === '' || toLetter(given[0]) === curp[3])
  );
}

/** Tells whether all seven letters of a CURP are those of complete names. A missing second surname has the letter X. */
function hasAllLetters(curp: string, names: PersonNames): boolean {
  const { firstName, lastName, lastName2 } = names;
  const second = getSurnameWord(lastName2);
  return (
    hasFirstLetters(curp, names) &&
    (second !== '' || curp[2] === FILLER) &&
    curp[13] === findConsonant(getSurnameWord(lastName)) &&
    curp[14] === findConsonant(second) &&
    curp[15] === findConsonant(getGivenNameWord(firstName))
  );
}

/** Lists the ways to divide words into given names and two surnames, of which the second may be empty. */
function listDivisions(words: readonly string[]): PersonNames[] {
  const join = (start: number, end: number) => words.slice(start, end).join(' ');
  const canEndAt = (end: number) => !isParticle(words[end - 1] ?? '');
  return words.flatMap((_, given) =>
    given === 0 || !canEndAt(given)
      ? []
      : words.flatMap((_word, index) => {
          const end = index + 1;
          if (end <= given || !canEndAt(end)) return [];
          return [{ firstName: join(0, given), lastName: join(given, end), lastName2: join(end, words.length) }];
        }),
  );
}

/** Divides a name that a certificate prints in one line; undefined unless exactly one division has the letters of the CURP. */
export function divideName(curp: string, fullName: string): PersonNames | undefined {
  const divisions = listDivisions(fullName.trim().split(/\s+/)).filter((names) => hasAllLetters(curp, names));
  return divisions.length === 1 ? divisions[0] : undefined;
}
