export type Messages = { [key: string]: string | Messages };

/** Texts by their dotted names. */
export function toFlatMessages(tree: Messages, prefix = ''): Map<string, string> {
  return new Map(
    Object.entries(tree).flatMap(([key, value]): [string, string][] =>
      typeof value === 'string' ? [[prefix + key, value]] : [...toFlatMessages(value, `${prefix}${key}.`)],
    ),
  );
}

/** The names in a text's braces, in alphabetical order. */
export const listPlaceholders = (text: string): string[] =>
  [...text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name).sort();

/** The texts with some of them replaced, by dotted name. */
export function withTexts<Tree extends Messages>(
  tree: Tree,
  texts: Readonly<Record<string, string>>,
  prefix = '',
): Tree {
  return Object.fromEntries(
    Object.entries(tree).map(([key, value]) => [
      key,
      typeof value === 'string' ? (texts[prefix + key] ?? value) : withTexts(value, texts, `${prefix}${key}.`),
    ]),
  ) as Tree;
}
