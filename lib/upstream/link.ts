import { isLoopback } from '../config/env-schema.ts';

export type LinkRules = {
  /** Exact hosts, with their port where it is not the scheme's own. */
  hosts: readonly string[];
  /** `http:` is taken for loopback hosts only, and only in the `local` environment, where the sandbox has no TLS. */
  allowLoopbackHttp: boolean;
};

const MAX_LINK = 2_048;

/**
 * Reads a returned link as the untrusted input it is (OWASP Unvalidated Redirects; ASVS 5.0, 3.7.2).
 *
 * @returns the link, serialised anew by the URL parser, or undefined when it must not be followed
 */
export function readLink(value: string, { hosts, allowLoopbackHttp }: LinkRules): string | undefined {
  // Visible ASCII only, no backslash: what the URL parser would quietly strip or turn must not get through.
  if (value.length > MAX_LINK || !/^[\x21-\x5b\x5d-\x7e]+$/.test(value) || !URL.canParse(value)) return undefined;
  const url = new URL(value);
  const isSafe =
    url.protocol === 'https:' || (allowLoopbackHttp && url.protocol === 'http:' && isLoopback(url.hostname));
  if (!isSafe || url.username !== '' || url.password !== '' || !hosts.includes(url.host)) return undefined;
  return url.href;
}
