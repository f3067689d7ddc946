import { lookup as resolveHost } from 'node:dns';
import type { LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';

/** Error code of an attempt to connect to an address that is not public. */
export const PRIVATE_ADDRESS = 'PrivateAddress';

/** IANA assigns global IPv6 addresses from this block alone (RFC 4291, section 2.4). */
const GLOBAL_IPV6 = ipaddr.parseCIDR('2000::/3');
/** The platform's own services answer virtual machines at this public address (Azure, "What is IP address 168.63.129.16?"). */
const PLATFORM_ADDRESS = '168.63.129.16';

/**
 * Returns whether an address is public. Private, loopback, link-local, shared (RFC 6598), reserved, unassigned and multicast
 * addresses are not, nor are IPv6 forms that lead to IPv4 (NAT64, 6to4, Teredo, IPv4-compatible); an IPv4-mapped address
 * counts as its IPv4 address.
 *
 * @param host an address, or a name
 * @returns undefined for a name
 */
export function isPublicAddress(host: string): boolean | undefined {
  const address = host.replace(/^\[(.*)\]$/, '$1');
  if (!ipaddr.isValid(address)) return undefined;
  const parsed = ipaddr.process(address);
  if (parsed.range() !== 'unicast' || parsed.toString() === PLATFORM_ADDRESS) return false;
  return parsed.kind() === 'ipv4' || parsed.match(GLOBAL_IPV6);
}

/**
 * Creates the function with which a socket resolves the name of its host. The socket connects to the address that was checked,
 * so a name that changes its address between check and connection gains nothing (DNS rebinding).
 *
 * @param isAllowed tells whether an address may be connected to
 * @param resolve resolves a name to all of its addresses
 */
export function createCheckedLookup(
  isAllowed: (address: string) => boolean,
  resolve: typeof resolveHost = resolveHost,
): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, []);
      const [first] = addresses;
      if (!first || !addresses.every(({ address }) => isAllowed(address)))
        return callback(Object.assign(new Error(PRIVATE_ADDRESS), { code: PRIVATE_ADDRESS }), []);
      return options.all ? callback(null, addresses) : callback(null, first.address, first.family);
    });
  };
}
