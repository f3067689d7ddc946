import type { LookupAddress } from 'node:dns';
import { expect, test } from 'vitest';
import { createCheckedLookup, isPublicAddress } from './public-address.ts';

test.each([
  ['10.0.0.1', 'private'],
  ['172.16.0.1', 'private'],
  ['192.168.1.1', 'private'],
  ['127.0.0.1', 'loopback'],
  ['127.8.8.8', 'loopback'],
  ['0.0.0.0', 'unspecified'],
  ['169.254.169.254', 'link-local, where clouds keep credentials'],
  ['100.64.0.1', 'shared by carriers'],
  ['192.0.2.1', 'documentation'],
  ['198.18.0.1', 'benchmarks'],
  ['224.0.0.1', 'multicast'],
  ['255.255.255.255', 'broadcast'],
  ['::', 'unspecified'],
  ['::1', 'loopback'],
  ['[::1]', 'loopback in an address'],
  ['fe80::1', 'link-local'],
  ['fd00::1', 'unique local'],
  ['ff02::1', 'multicast'],
  ['2001:db8::1', 'documentation'],
  ['::ffff:127.0.0.1', 'IPv4-mapped loopback'],
  ['::ffff:a00:1', 'IPv4-mapped private'],
  ['64:ff9b::a00:1', 'NAT64'],
  ['2002:a00:1::', '6to4'],
  ['2001:0:a00:1::', 'Teredo'],
  ['::7f00:1', 'IPv4-compatible loopback'],
  ['::a00:1', 'IPv4-compatible private'],
  ['4000::1', 'unassigned'],
  ['fec0::1', 'site-local'],
  ['8000::7f00:1', 'unassigned'],
  ['168.63.129.16', 'a platform’s services'],
  ['::ffff:168.63.129.16', 'IPv4-mapped, a platform’s services'],
  ['2130706433', 'loopback as a number'],
  ['0x7f.1', 'loopback in hexadecimal'],
])('%s is not public: %s', (address) => {
  expect(isPublicAddress(address)).toBe(false);
});

test.each(['93.184.216.34', '2606:2800:220:1:248:1893:25c8:1946', '::ffff:93.184.216.34'])(
  '%s is public',
  (address) => {
    expect(isPublicAddress(address)).toBe(true);
  },
);

test('a name is no address', () => {
  expect(isPublicAddress('hooks.example.com')).toBeUndefined();
});

const resolveTo = (...addresses: string[]) =>
  ((_host: string, _options: object, callback: (error: null, found: LookupAddress[]) => void) =>
    callback(
      null,
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    )) as Parameters<typeof createCheckedLookup>[1];

const lookUp = (addresses: string[], all: boolean) =>
  new Promise((resolve) => {
    const lookup = createCheckedLookup((address) => isPublicAddress(address) === true, resolveTo(...addresses));
    lookup('hooks.example.com', { all }, (error, found, family) => resolve(error?.code ?? { found, family }));
  });

test('a name with one private address among its addresses is refused', async () => {
  expect(await lookUp(['93.184.216.34', '10.0.0.1'], true)).toBe('PrivateAddress');
  expect(await lookUp(['::ffff:10.0.0.1'], false)).toBe('PrivateAddress');
  expect(await lookUp([], true)).toBe('PrivateAddress');
});

test('the lookup of a name with public addresses returns them', async () => {
  const address = '93.184.216.34';
  expect(await lookUp([address], true)).toEqual({ found: [{ address, family: 4 }], family: undefined });
  expect(await lookUp([address], false)).toEqual({ found: address, family: 4 });
});
