import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { DEFECTS } from './defects.ts';

const MIN_DEFECTS = 20;
const MAX_SEED = 10_000;
const edits = DEFECTS.flatMap(({ name, also, ...edit }) => [{ name, ...edit }, ...(also ? [{ name, ...also }] : [])]);

test.each(edits)('the planted defect is of code that is there: $name', ({ file, text }) => {
  expect(readFileSync(file, 'utf8').split(text)).toHaveLength(2);
});

describe('the table of planted defects in docs/simulation.md', () => {
  const [, table = ''] =
    /<!-- defects -->\n([\s\S]*?)<!-- \/defects -->/.exec(readFileSync('docs/simulation.md', 'utf8')) ?? [];
  const rows = table
    .trim()
    .split('\n')
    .slice(2)
    .map((line) => line.split('|').map((cell) => cell.trim()));

  test('has each of the defects, and no other', () => {
    expect(rows.map(([, name, file]) => [name, file])).toEqual(DEFECTS.map(({ name, file }) => [name, `\`${file}\``]));
    expect(rows.length).toBeGreaterThanOrEqual(MIN_DEFECTS);
  });

  test('has the seed that found each of them', () => {
    const seeds = rows.map(([, , , seed]) => Number(seed));
    expect(seeds.filter((seed) => !(seed >= 1 && seed <= MAX_SEED))).toEqual([]);
  });
});
