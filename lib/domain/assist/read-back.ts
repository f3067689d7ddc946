/** How each sign is said, by the sign itself or, where that is no word, by a name. What is not listed says itself. */
export type SpellingWords = Readonly<Record<string, string>>;

/** What can be read back, and in which groups: pairs for a phone, threes for an account, single signs for an e-mail. */
export const GROUPS = { phoneNumber: 2, 'ubnParams.number': 3, email: 1 } as const;
export type ReadBack = keyof typeof GROUPS;

export const isReadBack = (name: string): name is ReadBack => Object.hasOwn(GROUPS, name);

const NAMES: Readonly<Record<string, string>> = { '@': 'at', '.': 'dot', '-': 'dash', _: 'underscore', '+': 'plus' };

/** Fewer signs than this are still being typed. */
const FEWEST = 4;

/**
 * Spells what was typed, so that somebody can say it back and the other can hear a slip.
 *
 * @returns the groups in their order, each as it is said; none as long as there is too little to read
 */
export function readBack(kind: ReadBack, typed: string, words: SpellingWords): string[] {
  const signs = [...typed.toLowerCase()].filter((sign) => (kind === 'email' ? sign.trim() : /[+\w]/.test(sign)));
  if (signs.length < FEWEST) return [];
  const said = signs.map((sign) => words[NAMES[sign] ?? sign] ?? sign);
  const size = GROUPS[kind];
  // What leads a number, such as its plus, stands alone; pairs are counted from the end, where people know them by heart.
  const first = kind === 'phoneNumber' ? said.length % size : 0;
  const groups = first > 0 ? [said.slice(0, first)] : [];
  for (let at = first; at < said.length; at += size) groups.push(said.slice(at, at + size));
  return groups.map((group) => group.join(' '));
}
