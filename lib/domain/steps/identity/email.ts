import { normalizeCodeText } from '../../text/normalize.ts';

/**
 * Removes text that phones and pastes add to an e-mail address: spaces, `mailto:`, angle brackets, a final dot or comma.
 * Converts a domain with non-ASCII letters to its ASCII form (RFC 5891), as Chromium does.
 */
export function normalizeEmail(text: string): string {
  const address = normalizeCodeText(text)
    .replace(/\s|^mailto:|\?.*$/gi, '')
    .replace(/^.*<|[.,;>]+$/g, '');
  const atIndex = address.lastIndexOf('@');
  const domain = address.slice(atIndex + 1);
  if (atIndex < 0 || !/[^\0-\x7f]/.test(domain)) return address;
  return address.slice(0, atIndex + 1) + (URL.parse?.(`http://${domain}`)?.hostname ?? domain);
}
