import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { routing } from './routing.ts';

type Tree = { [key: string]: string | Tree };
const folder = 'lib/i18n/messages';
const read = (locale: string) => JSON.parse(readFileSync(`${folder}/${locale}.json`, 'utf8')) as Tree;

function flat(tree: Tree, prefix = ''): Map<string, string> {
  return new Map(
    Object.entries(tree).flatMap(([key, value]): [string, string][] =>
      typeof value === 'string' ? [[prefix + key, value]] : [...flat(value, `${prefix}${key}.`)],
    ),
  );
}

const placeholders = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();
const english = flat(read('en'));

test('there is one file for each language and no other', () => {
  expect(readdirSync(folder).sort()).toEqual([...routing.locales].map((locale) => `${locale}.json`).sort());
});

test.each(routing.locales)('%s has the keys and placeholders of English', (locale) => {
  const other = flat(read(locale));
  expect([...other.keys()]).toEqual([...english.keys()]);
  for (const [key, text] of english) {
    expect(placeholders(other.get(key) ?? ''), key).toEqual(placeholders(text));
    expect(other.get(key)?.trim(), key).not.toBe('');
  }
});

test('texts are plain but for {names}, since the browser only replaces those', () => {
  for (const [key, text] of english) expect(text.replace(/\{\w+\}/g, ''), key).not.toMatch(/[{}]/);
});

test('no sentence was left in English', () => {
  const same = [...flat(read('es'))].filter(([key, text]) => text === english.get(key) && text.trim().includes(' '));
  expect(same.map(([key]) => key)).toEqual([]);
});
