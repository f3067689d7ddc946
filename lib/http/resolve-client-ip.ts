import { isIP } from 'node:net';

/** An IPv6 household has a network of this many groups of sixteen bits to itself. */
const NETWORK_GROUPS = 4;
const GROUPS = 8;

/**
 * The address of whoever asks, for limits. A header that anybody can write counts only as far as our own proxies have
 * written it (OWASP ASVS 5.0, 4.1.3 and 15.3.4).
 *
 * @param socket the address at the other end of the connection
 * @param forwarded `X-Forwarded-For` as it came: the last entry is the nearest proxy's word
 * @param hops how many proxies of ours stand before this server
 * @returns an IPv4 address, or the network of an IPv6 one
 */
export function resolveClientIp(socket: string | undefined, forwarded: string | undefined, hops: number): string {
  const forwardedEntries = (forwarded ?? '').split(',').map((entry) => entry.trim());
  const candidates = [hops > 0 ? (forwardedEntries.at(-hops) ?? '') : '', socket ?? ''].map(normalizeAddress);
  const address = candidates.find((text) => isIP(text) !== 0);
  if (address === undefined) return 'unknown';
  return isIP(address) === 4 ? address : getIpv6Network(address);
}

/** Without the port that some proxies write along, and IPv4 as itself where it comes dressed as IPv6 (RFC 4291, 2.5.5.2). */
const normalizeAddress = (text: string) =>
  (/^(\d+\.\d+\.\d+\.\d+):\d+$/.exec(text)?.[1] ?? /^\[(.+)\](:\d+)?$/.exec(text)?.[1] ?? text).replace(
    /^::ffff:(?=\d+\.)/i,
    '',
  );

function getIpv6Network(address: string): string {
  // The one way to write it (URL Standard, 3.5), without an interface's name.
  const { hostname } = new URL(`http://[${address.replace(/%.*$/, '')}]`);
  const [head = '', tail = ''] = hostname.slice(1, -1).split('::');
  const [first, last] = [head, tail].map((part) => part.split(':').filter(Boolean)) as [string[], string[]];
  const zeros = Array<string>(GROUPS - first.length - last.length).fill('0');
  return `${[...first, ...zeros, ...last].slice(0, NETWORK_GROUPS).join(':')}::`;
}
