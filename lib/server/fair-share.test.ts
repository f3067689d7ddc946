import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isWithinFairShare } from './fair-share.ts';

const LIMIT = 24;
const CLIENTS = Array.from({ length: 100 }, (_, index) => `client ${index}`);

/** Has clients send requests in this order; none is answered. @returns requests in flight of each client */
function fillServer(senders: readonly string[], limit = LIMIT): Map<string, number> {
  const inFlight = new Map<string, number>();
  for (const client of senders)
    if (isWithinFairShare(inFlight, client, limit)) inFlight.set(client, (inFlight.get(client) ?? 0) + 1);
  return inFlight;
}

const senderLists = fc.array(fc.constantFrom(...CLIENTS), { maxLength: 400 });

describe('the fair share of a client', () => {
  test('of a client alone is the whole server, and no more', () => {
    expect(fillServer(Array(100).fill('heavy'))).toEqual(new Map([['heavy', LIMIT]]));
  });

  test('beside a client that fills the server, another one is served up to half of it', () => {
    const inFlight = fillServer([...Array(100).fill('heavy'), ...Array(100).fill('light')]);
    expect(inFlight.get('light')).toBe(LIMIT / 2);
  });

  test('a new client is served while fewer clients than the limit have requests in flight', () => {
    fc.assert(
      fc.property(senderLists, fc.integer({ min: 0, max: LIMIT - 1 }), (senders, clientCount) => {
        const inFlight = fillServer(senders);
        const heavy = [...inFlight.keys()].slice(0, clientCount);
        const remaining = new Map(heavy.map((client) => [client, inFlight.get(client) ?? 0]));
        expect(isWithinFairShare(remaining, 'new', LIMIT)).toBe(true);
      }),
    );
  });

  test('a crowd of clients with one request each is refused beyond the limit', () => {
    expect(fillServer(CLIENTS).size).toBe(LIMIT);
  });

  test('in any order, the requests in flight are at most the limit times 1 + ln(limit)', () => {
    fc.assert(
      fc.property(senderLists, fc.integer({ min: 1, max: 40 }), (senders, limit) => {
        const total = [...fillServer(senders, limit).values()].reduce((sum, count) => sum + count, 0);
        expect(total).toBeLessThanOrEqual(limit * (1 + Math.log(limit)));
      }),
      { numRuns: 500 },
    );
  });
});
