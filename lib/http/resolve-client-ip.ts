import { isIP } from 'node:net';

/** Groups of sixteen bits: a household has at least one IPv6 network of 64 bits to itself (RFC 6177). */
const NETWORK_GROUPS = 4;
const GROUPS = 8;

/**
 * Returns the client's address, which limits count by. Of `X-Forwarded-For`, only the entries that our own proxies have
 * written count (OWASP ASVS 5.0, 4.1.3 and 15.3.4).
 *
 * @param socket the address at the other end of the connection
 * @param forwarded the received `X-Forwarded-For`: the nearest proxy wrote the last entry
 * @param hops the number of our proxies in front of this server
 * @returns an IPv4 address, or the network of an IPv6 one
 */
export function resolveClientIp(socket: string | undefined, forwarded: string | undefined, hops: number): string {
  const forwardedEntries = (forwarded ?? '').split(',').map((entry) => entry.trim());
  const candidates = [hops > 0 ? (forwardedEntries.at(-hops) ?? '') : '', socket ?? ''].map(normalizeAddress);
  const address = candidates.find((text) => isIP(text) !== 0);
  if (address === undefined) return 'unknown';
  return isIP(address) === 4 ? address : getIpv6Network(address);
}

/** Removes a port, and turns an IPv4 address that is mapped into IPv6 back into IPv4 (RFC 4291, 2.5.5.2). */
const normalizeAddress = (text: string) =>
  (/^(\d+\.\d+\.\d+\.\d+):\d+$/.exec(text)?.[1] ?? /^\[(.+)\](:\d+)?$/.exec(text)?.[1] ?? text).replace(
    /^::ffff:(?=\d+\.)/i,
    '',
  );

function getIpv6Network(address: string): string {
  // `URL` writes each address in one form (URL Standard, 3.5); an interface's name is removed.
  const { hostname } = new URL(`http://[${address.replace(/%.*$/, '')}]`);
  const [head = '', tail = ''] = hostname.slice(1, -1).split('::');
  const [first, last] = [head, tail].map((part) => part.split(':').filter(Boolean)) as [string[], string[]];
  const zeros = Array<string>(GROUPS - first.length - last.length).fill('0');
  return `${[...first, ...zeros, ...last].slice(0, NETWORK_GROUPS).join(':')}::`;
}
