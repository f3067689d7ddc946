import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

/** WCAG 2.2, levels A and AA: https://www.w3.org/TR/WCAG22/ (4.1.1 is obsolete). */
const A =
  '1.1.1 1.2.1 1.2.2 1.2.3 1.3.1 1.3.2 1.3.3 1.4.1 1.4.2 2.1.1 2.1.2 2.1.4 2.2.1 2.2.2 2.3.1 2.4.1 2.4.2 2.4.3 2.4.4 2.5.1 2.5.2 2.5.3 2.5.4 3.1.1 3.2.1 3.2.2 3.2.6 3.3.1 3.3.2 3.3.7 4.1.2';
const AA =
  '1.2.4 1.2.5 1.3.4 1.3.5 1.4.3 1.4.4 1.4.5 1.4.10 1.4.11 1.4.12 1.4.13 2.4.5 2.4.6 2.4.7 2.4.11 2.5.7 2.5.8 3.1.2 3.2.3 3.2.4 3.3.3 3.3.4 3.3.8 4.1.3';
const RESULTS = ['Met', 'No such thing', 'A person'];

const table = readFileSync('docs/accessibility.md', 'utf8');
const rows = [...table.matchAll(/^\| (\d\.\d\.\d+) [^|]+\| (AA?) \| ([^|]+) \| ?(.*)\|$/gm)].map(
  ([, id = '', level = '', result = '', evidence = '']) => ({ id, level, result, how: evidence.trim() }),
);

test('every criterion of levels A and AA has its row, once', () => {
  const expectedRows = [...A.split(' ').map((id) => `${id} A`), ...AA.split(' ').map((id) => `${id} AA`)];
  expect(expectedRows).toHaveLength(55);
  expect(rows.map(({ id, level }) => `${id} ${level}`).sort()).toEqual(expectedRows.sort());
});

test('every row has a result, and says how it is known unless there is nothing to know', () => {
  for (const { id, result, how: evidence } of rows) {
    expect(RESULTS, id).toContain(result);
    expect(evidence === '', id).toBe(result === 'No such thing');
  }
});

test('every file that it names is there', () => {
  const files = [...table.matchAll(/`([\w/.-]+\.(?:ts|tsx|md))`/g)].map(([, file = '']) => file);
  expect(files.length).toBeGreaterThan(10);
  expect(files.filter((file) => !existsSync(file))).toEqual([]);
});
