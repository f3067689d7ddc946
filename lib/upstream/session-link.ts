import { isLoopback } from '../config/env-schema.ts';

export type SessionLinkRules = {
  /** Exact hosts, with their port where it is not the scheme's own. */
  hosts: readonly string[];
  /** `http:` is taken for loopback hosts only, and only in the `local` environment, where the sandbox has no TLS. */
  allowLoopbackHttp: boolean;
};

const MAX_LINK_LENGTH = 2_048;
/**
 * Visible ASCII without a backslash, a whole scheme and no user information: what the URL parser would quietly strip,
 * turn or add must not get through.
 */
const LINK_PATTERN = /^[A-Za-z]+:\/\/[\x21-\x22\x24-\x2e\x30-\x3e\x41-\x5b\x5d-\x7e]+(?:[/?#][\x21-\x5b\x5d-\x7e]*)?$/;

/**
 * Reads a returned link as the untrusted input it is (OWASP Unvalidated Redirects; ASVS 5.0, 3.7.2).
 *
 * @returns the link, serialised anew by the URL parser, or undefined when it must not be followed
 */
export function validateSessionLink(value: string, { hosts, allowLoopbackHttp }: SessionLinkRules): string | undefined {
  if (value.length > MAX_LINK_LENGTH || !LINK_PATTERN.test(value) || !URL.canParse(value)) return undefined;
  const url = new URL(value);
  const isSafe =
    url.protocol === 'https:' || (allowLoopbackHttp && url.protocol === 'http:' && isLoopback(url.hostname));
  if (!isSafe || url.username !== '' || url.password !== '' || !hosts.includes(url.host)) return undefined;
  return url.href;
}
