import { expect, test } from 'vitest';
import { DEGRADATIONS } from './degrade.ts';
import { scanPeople } from './scan-corpus.ts';

/** `npm run scan-corpus` reads 500 of each. */
const COUNT = 2 * DEGRADATIONS.length;

test.each([
  ['curp', 0.9],
  ['licence', 0.9],
] as const)(
  'codes of the document %s are read from spoiled pictures, and none is read wrongly',
  async (kind, share) => {
    const results = await scanPeople(kind, COUNT);
    expect(results.filter(({ outcome }) => outcome === 'wrong')).toEqual([]);
    expect(results.filter(({ outcome }) => outcome === 'read').length).toBeGreaterThanOrEqual(COUNT * share);
  },
  60_000,
);
