import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { flatten, type Messages, placeholdersOf } from './flatten.ts';
import { routing } from './routing.ts';

const folder = 'lib/i18n/messages';
const read = (locale: string) => JSON.parse(readFileSync(`${folder}/${locale}.json`, 'utf8')) as Messages;

const english = flatten(read('en'));

test('there is one file for each language and no other', () => {
  expect(readdirSync(folder).sort()).toEqual([...routing.locales].map((locale) => `${locale}.json`).sort());
});

test.each(routing.locales)('%s has the keys and placeholders of English', (locale) => {
  const other = flatten(read(locale));
  expect([...other.keys()]).toEqual([...english.keys()]);
  for (const [key, text] of english) {
    expect(placeholdersOf(other.get(key) ?? ''), key).toEqual(placeholdersOf(text));
    expect(other.get(key)?.trim(), key).not.toBe('');
  }
});

test('texts are plain but for {names}, since the browser only replaces those', () => {
  for (const [key, text] of english) expect(text.replace(/\{\w+\}/g, ''), key).not.toMatch(/[{}]/);
});

test('no sentence was left in English', () => {
  const same = [...flatten(read('es'))].filter(([key, text]) => text === english.get(key) && text.trim().includes(' '));
  expect(same.map(([key]) => key)).toEqual([]);
});
