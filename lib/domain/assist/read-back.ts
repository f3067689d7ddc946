/** Spoken words by character, or by the name of a sign (`at`). Other characters are spoken as they are. */
export type SpellingWords = Readonly<Record<string, string>>;

/** Fields that agents read back, with the size of the spoken groups. */
export const READ_BACK_GROUP_SIZES = { phoneNumber: 2, 'ubnParams.number': 3, email: 1 } as const;
export type ReadBackField = keyof typeof READ_BACK_GROUP_SIZES;

export const isReadBackField = (name: string): name is ReadBackField => Object.hasOwn(READ_BACK_GROUP_SIZES, name);

const SIGN_NAMES: Readonly<Record<string, string>> = {
  '@': 'at',
  '.': 'dot',
  '-': 'dash',
  _: 'underscore',
  '+': 'plus',
};

/** The customer is still typing a shorter text. */
const MIN_SIGNS = 4;

/**
 * Spells a value in groups, so that the agent can read it back and the customer can hear a mistake.
 *
 * @returns the spoken groups; none while the text is shorter than 4 characters
 */
export function buildReadBackGroups(field: ReadBackField, value: string, words: SpellingWords): string[] {
  const signs = [...value.toLowerCase()].filter((sign) => (field === 'email' ? sign.trim() : /[+\w]/.test(sign)));
  if (signs.length < MIN_SIGNS) return [];
  const spokenSigns = signs.map((sign) => words[SIGN_NAMES[sign] ?? sign] ?? sign);
  const size = READ_BACK_GROUP_SIZES[field];
  // People know the last pairs of a phone number by heart, so pairs count from the end.
  const first = field === 'phoneNumber' ? spokenSigns.length % size : 0;
  const groups = first > 0 ? [spokenSigns.slice(0, first)] : [];
  for (let index = first; index < spokenSigns.length; index += size)
    groups.push(spokenSigns.slice(index, index + size));
  return groups.map((group) => group.join(' '));
}
