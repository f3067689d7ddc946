/** Markup whose interpolated texts are escaped. */
export type Html = { readonly markup: string };

const escapeText = (text: string) => text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);

/**
 * Builds HTML and escapes each interpolated text, for elements and for quoted attributes; the result of another `html`
 * template is inserted unchanged. Scripts and styles belong in the literal part.
 */
export function html(literals: TemplateStringsArray, ...values: readonly (string | Html)[]): Html {
  const escaped = values.map((value) => (typeof value === 'string' ? escapeText(value) : value.markup));
  return { markup: String.raw({ raw: literals }, ...escaped) };
}
