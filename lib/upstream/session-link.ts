import { isLoopback } from '../config/env-schema.ts';

export type SessionLinkRules = {
  /** Exact hosts, with the port unless it is the scheme's default. */
  hosts: readonly string[];
  /** Allows `http:` on loopback hosts, for `local`, where the sandbox has no TLS. */
  allowLoopbackHttp: boolean;
};

const MAX_LINK_LENGTH = 2_048;
/**
 * Visible ASCII without a backslash, a whole scheme, no user information: the URL parser would silently change anything else.
 */
const LINK_PATTERN = /^[A-Za-z]+:\/\/[\x21-\x22\x24-\x2e\x30-\x3e\x41-\x5b\x5d-\x7e]+(?:[/?#][\x21-\x5b\x5d-\x7e]*)?$/;

/**
 * Validates a returned link, which is untrusted input (OWASP Unvalidated Redirects; ASVS 5.0, 3.7.2).
 *
 * @returns the link as serialised by the URL parser, or undefined
 */
export function validateSessionLink(value: string, { hosts, allowLoopbackHttp }: SessionLinkRules): string | undefined {
  if (value.length > MAX_LINK_LENGTH || !LINK_PATTERN.test(value) || !URL.canParse(value)) return undefined;
  const url = new URL(value);
  const isSafe =
    url.protocol === 'https:' || (allowLoopbackHttp && url.protocol === 'http:' && isLoopback(url.hostname));
  if (!isSafe || url.username !== '' || url.password !== '' || !hosts.includes(url.host)) return undefined;
  return url.href;
}
