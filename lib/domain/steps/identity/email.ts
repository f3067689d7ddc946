import { cleanCode } from '../../text/clean.ts';

/**
 * An e-mail address without what phones and pastes put around it: spaces, `mailto:`, angle brackets, a dot or comma at its end.
 * A domain of other letters is in the form that mail servers take (RFC 5891), as Chromium sends it.
 */
export function plainEmail(text: string): string {
  const plain = cleanCode(text)
    .replace(/\s|^mailto:|\?.*$/gi, '')
    .replace(/^.*<|[.,;>]+$/g, '');
  const at = plain.lastIndexOf('@');
  const domain = plain.slice(at + 1);
  if (at < 0 || !/[^\0-\x7f]/.test(domain)) return plain;
  return plain.slice(0, at + 1) + (URL.parse?.(`http://${domain}`)?.hostname ?? domain);
}
