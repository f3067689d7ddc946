import ipaddr from 'ipaddr.js';

/** An IPv6 household has a network of this many bits to itself. */
const IPV6_NETWORK_BITS = 64;

/**
 * The address of whoever asks, for limits. A header that anybody can write counts only as far as our own proxies have
 * written it (OWASP ASVS 5.0, 4.1.3 and 15.3.4).
 *
 * @param socket the address at the other end of the connection
 * @param forwarded `X-Forwarded-For` as it came: the last entry is the nearest proxy's word
 * @param hops how many proxies of ours stand before this server
 * @returns an IPv4 address, or the network of an IPv6 one
 */
export function clientAddress(socket: string | undefined, forwarded: string | undefined, hops: number): string {
  const told = (forwarded ?? '').split(',').map((entry) => entry.trim());
  const candidates = [hops > 0 ? (told.at(-hops) ?? '') : '', socket ?? ''].map(withoutPort);
  const found = candidates.find((text) => ipaddr.isValid(text));
  if (found === undefined) return 'unknown';
  const address = ipaddr.process(found);
  if (address.kind() === 'ipv4') return address.toString();
  return ipaddr.IPv6.networkAddressFromCIDR(`${address.toString()}/${IPV6_NETWORK_BITS}`).toString();
}

/** Some proxies write the port along: `198.51.100.1:4711`, `[2001:db8::1]:443`. */
const withoutPort = (text: string) =>
  /^(\d+\.\d+\.\d+\.\d+):\d+$/.exec(text)?.[1] ?? /^\[(.+)\](:\d+)?$/.exec(text)?.[1] ?? text;
