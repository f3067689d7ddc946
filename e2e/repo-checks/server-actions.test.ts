import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

/** Every file of the app whose exports are public endpoints. */
const actionFiles = readdirSync('app', { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
  .map(({ parentPath, name }) => join(parentPath, name))
  .filter((file) => /^'use server';/m.test(readFileSync(file, 'utf8')));

test('every exported server action goes through the wrapper and declares its arguments', () => {
  expect(actionFiles.length).toBeGreaterThan(5);
  for (const file of actionFiles) {
    const exportTexts = readFileSync(file, 'utf8')
      .split(/^(?=export )/m)
      .slice(1);
    expect(exportTexts.length, file).toBeGreaterThan(0);
    for (const text of exportTexts) {
      const [, schemas = '', names = ''] =
        /^export const \w+ = createServerAction\(\s*\[([\w, ]*)\],\s*async \(([\w, ]*)\)/.exec(text) ?? [];
      const countEntries = (list: string) => list.split(',').filter((entry) => entry.trim() !== '').length;
      expect([text.slice(0, 60), countEntries(schemas)]).toEqual([text.slice(0, 60), countEntries(names)]);
      expect(text).toMatch(/^export const \w+ = createServerAction\(\s*\[/);
    }
  }
});
