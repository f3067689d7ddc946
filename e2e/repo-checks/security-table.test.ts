import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const THREATS = 40;
const page = readFileSync('docs/security.md', 'utf8');
const rows = [...page.matchAll(/^\| T(\d+) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$/gm)].map(
  ([, number, threat = '', control = '', proof = '']) => ({ number: Number(number), threat, control, proof }),
);

test('every threat has its row, once and in order', () => {
  expect(rows.map(({ number }) => number)).toEqual(Array.from({ length: THREATS }, (_, index) => index + 1));
});

test('every row says what stands against it, and what proves that or what is open', () => {
  for (const { number, control, proof } of rows) {
    expect(control.length, `T${number}`).toBeGreaterThan(10);
    expect(proof, `T${number}`).toMatch(/`[\w/.-]+`|Open: /);
  }
});

test('every file that it names is there', () => {
  const files = [...page.matchAll(/`([\w/.-]+\.tsx?)`/g)].map(([, file = '']) => file);
  expect(files.length).toBeGreaterThan(50);
  expect(files.filter((file) => !existsSync(file))).toEqual([]);
});
