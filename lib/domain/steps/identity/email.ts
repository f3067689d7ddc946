import { normalizeCodeText } from '../../text/normalize.ts';

/** Words before an address in a paste, without a colon. Without a noun they may be the beginning of the address. */
const LABELS =
  /^(?:(?:mi|my)\s+)?(?:(?:e-?mail|mail|correo|electr[oó]nico|address|direcci[oó]n)[\s.=-]+)+(?:(?:es|is)\s+)?(?=\S)/i;
/** Characters of a name, a sign or a quotation mark around an address. A local part can begin with `_`, `+` or `-`. */
const SIGNS_BEFORE = /^[^\p{L}\p{N}_+-]+/u;
/** The domain up to its first dot, with spaces beside it. After a later dot, a space can be the end of the address. */
const SPACED_DOMAIN = /@([^\s.]*)\s*\.\s*/;
const SIGNS_AFTER = /[^\p{L}\p{N}\p{M}]+$/u;

/** Cuts off what stands before a colon or an opening bracket, and the query of a `mailto:` link (RFC 6068). */
function cutAddress(text: string): string {
  const queryIndex = text.indexOf('?', text.indexOf('@'));
  const link = queryIndex < 0 ? text : text.slice(0, queryIndex);
  const starts = [':', '<', '(', '['].map((sign) => link.lastIndexOf(sign, link.lastIndexOf('@')));
  return link.slice(Math.max(...starts) + 1);
}

/**
 * Removes text that phones and pastes add to an e-mail address: spaces beside `@` and the first dot of the domain, `mailto:`, a label, a
 * name and brackets, comments, quotation marks, a final dot or comma. Another space stays, and then the text is no address: the app
 * does not know which of the words belong to it. Converts a domain with non-ASCII letters to its ASCII form (RFC 5891), as Chromium
 * does.
 */
export function normalizeEmail(text: string): string {
  const address = cutAddress(normalizeCodeText(text).replace(/\([^()@]*\)/g, ''))
    .replace(SIGNS_BEFORE, '')
    .replace(LABELS, '')
    .replace(/\s*@\s*/g, '@')
    .replace(SPACED_DOMAIN, '@$1.')
    .replace(/[‘’]/g, "'")
    .replace(SIGNS_AFTER, '');
  const atIndex = address.lastIndexOf('@');
  const domain = address.slice(atIndex + 1);
  if (atIndex < 0 || !/[^\0-\x7f]/.test(domain)) return address;
  return address.slice(0, atIndex + 1) + (URL.parse?.(`http://${domain}`)?.hostname ?? domain);
}

/**
 * Tells whether a normalised address has the form that browsers and most providers accept. A top-level domain with non-ASCII
 * letters has its ASCII form (`xn--…`, RFC 5890).
 */
export const isEmail = (text: string): boolean =>
  /^(?!\.)(?!.*\.\.)[\w'+.-]*[\w+-]@(?:[a-z\d][a-z\d-]*\.)+(?:[a-z]{2,}|xn--[a-z\d-]+)$/i.test(text);
