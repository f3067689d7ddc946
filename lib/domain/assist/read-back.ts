/** How each sign is said, by the sign itself or, where that is no word, by a name. What is not listed says itself. */
export type SpellingWords = Readonly<Record<string, string>>;

/** What can be read back, and in which groups: pairs for a phone, threes for an account, single signs for an e-mail. */
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

/** Fewer signs than this are still being typed. */
const MIN_SIGNS = 4;

/**
 * Spells what was typed, so that somebody can say it back and the other can hear a slip.
 *
 * @returns the groups in their order, each as it is said; none as long as there is too little to read
 */
export function buildReadBackGroups(field: ReadBackField, value: string, words: SpellingWords): string[] {
  const signs = [...value.toLowerCase()].filter((sign) => (field === 'email' ? sign.trim() : /[+\w]/.test(sign)));
  if (signs.length < MIN_SIGNS) return [];
  const spokenSigns = signs.map((sign) => words[SIGN_NAMES[sign] ?? sign] ?? sign);
  const size = READ_BACK_GROUP_SIZES[field];
  // What leads a number, such as its plus, stands alone; pairs are counted from the end, where people know them by heart.
  const first = field === 'phoneNumber' ? spokenSigns.length % size : 0;
  const groups = first > 0 ? [spokenSigns.slice(0, first)] : [];
  for (let index = first; index < spokenSigns.length; index += size)
    groups.push(spokenSigns.slice(index, index + size));
  return groups.map((group) => group.join(' '));
}
