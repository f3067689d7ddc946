import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isWithinFairShare } from './fair-share.ts';

const LIMIT = 24;
const CLIENTS = Array.from({ length: 100 }, (_, index) => `client ${index}`);

/** Lets clients ask in this order, without any answer in between. @returns requests in flight of each */
function fillServer(asks: readonly string[], limit = LIMIT): Map<string, number> {
  const inFlight = new Map<string, number>();
  for (const client of asks)
    if (isWithinFairShare(inFlight, client, limit)) inFlight.set(client, (inFlight.get(client) ?? 0) + 1);
  return inFlight;
}

const asks = fc.array(fc.constantFrom(...CLIENTS), { maxLength: 400 });

describe('the fair share of a client', () => {
  test('alone it is the whole server, and not more', () => {
    expect(fillServer(Array(100).fill('heavy'))).toEqual(new Map([['heavy', LIMIT]]));
  });

  test('beside a client that fills the server, another one is served up to half of it', () => {
    const inFlight = fillServer([...Array(100).fill('heavy'), ...Array(100).fill('light')]);
    expect(inFlight.get('light')).toBe(LIMIT / 2);
  });

  test('as many clients as there is room for are served, whoever came before', () => {
    fc.assert(
      fc.property(asks, fc.integer({ min: 0, max: LIMIT - 1 }), (before, others) => {
        const inFlight = fillServer(before);
        const heavy = [...inFlight.keys()].slice(0, others);
        const remaining = new Map(heavy.map((client) => [client, inFlight.get(client) ?? 0]));
        expect(isWithinFairShare(remaining, 'new', LIMIT)).toBe(true);
      }),
    );
  });

  test('a crowd of clients with one request each is refused beyond the limit', () => {
    expect(fillServer(CLIENTS).size).toBe(LIMIT);
  });

  test('whatever the order, what is in flight stays below the limit times 1 + ln(limit)', () => {
    fc.assert(
      fc.property(asks, fc.integer({ min: 1, max: 40 }), (order, limit) => {
        const total = [...fillServer(order, limit).values()].reduce((sum, count) => sum + count, 0);
        expect(total).toBeLessThanOrEqual(limit * (1 + Math.log(limit)));
      }),
      { numRuns: 500 },
    );
  });
});
