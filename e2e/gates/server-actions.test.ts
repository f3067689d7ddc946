import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

/** Every file of the app whose exports are public endpoints. */
const actionFiles = readdirSync('app', { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
  .map(({ parentPath, name }) => join(parentPath, name))
  .filter((file) => /^'use server';/m.test(readFileSync(file, 'utf8')));

test('every exported server action goes through the wrapper', () => {
  expect(actionFiles.length).toBeGreaterThan(5);
  for (const file of actionFiles) {
    const lines = readFileSync(file, 'utf8').split('\n');
    const exported = lines.filter((line) => line.startsWith('export '));
    expect(exported.length, file).toBeGreaterThan(0);
    for (const line of exported) expect(line, file).toMatch(/^export const \w+ = guarded\(/);
  }
});
