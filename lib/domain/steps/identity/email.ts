import { normalizeCodeText } from '../../text/normalize.ts';

/**
 * An e-mail address without what phones and pastes put around it: spaces, `mailto:`, angle brackets, a dot or comma at its end.
 * A domain of other letters is in the form that mail servers take (RFC 5891), as Chromium sends it.
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
