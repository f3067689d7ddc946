/** Markup in which every interpolated text was escaped. */
export type Html = { readonly markup: string };

const escapeText = (text: string) => text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);

/**
 * The only way to write HTML by hand: every interpolated text is escaped, in an element or in a quoted attribute, and only
 * the result of another `html` template is inserted as it is. Scripts and styles belong into the literal part.
 */
export function html(literals: TemplateStringsArray, ...values: readonly (string | Html)[]): Html {
  const escaped = values.map((value) => (typeof value === 'string' ? escapeText(value) : value.markup));
  return { markup: String.raw({ raw: literals }, ...escaped) };
}
