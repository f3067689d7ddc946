import { expect, test } from 'vitest';
import { resolveClientIp } from './resolve-client-ip.ts';

test('without a proxy of ours nobody’s header counts', () => {
  expect(resolveClientIp('203.0.113.7', '198.51.100.1', 0)).toBe('203.0.113.7');
  expect(resolveClientIp('::ffff:203.0.113.7', undefined, 0)).toBe('203.0.113.7');
});

test('behind proxies the entry that the outermost of ours wrote counts, and none before it', () => {
  expect(resolveClientIp('10.0.0.1', 'forged, 198.51.100.1', 1)).toBe('198.51.100.1');
  expect(resolveClientIp('10.0.0.1', 'forged, 198.51.100.1, 10.0.0.9', 2)).toBe('198.51.100.1');
  expect(resolveClientIp('10.0.0.1', '198.51.100.1:4711', 1)).toBe('198.51.100.1');
  // A request that came past the proxies has no such entry.
  expect(resolveClientIp('10.0.0.1', undefined, 1)).toBe('10.0.0.1');
});

test('of IPv6 the network counts, however it is written', () => {
  for (const address of ['2001:db8:0:1::5', '2001:0db8:0000:0001:ffff::1', '[2001:db8:0:1::5]:443', '2001:DB8:0:1:9::'])
    expect(resolveClientIp(address, undefined, 0)).toBe('2001:db8:0:1::');
  expect(resolveClientIp('2001:db8::1', undefined, 0)).toBe('2001:db8:0:0::');
  expect(resolveClientIp(undefined, undefined, 0)).toBe('unknown');
});
