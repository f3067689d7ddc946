export type Messages = { [key: string]: string | Messages };

/** Maps texts by dotted name. */
export function toFlatMessages(tree: Messages, prefix = ''): Map<string, string> {
  return new Map(
    Object.entries(tree).flatMap(([key, value]): [string, string][] =>
      typeof value === 'string' ? [[prefix + key, value]] : [...toFlatMessages(value, `${prefix}${key}.`)],
    ),
  );
}

/** Returns the placeholder names of a text in alphabetical order. */
export const listPlaceholders = (text: string): string[] =>
  [...text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name).sort();

/** Returns a copy of the tree with texts replaced by dotted name. */
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
