import { readdirSync, readFileSync } from 'node:fs';
import { syllable } from 'syllable';
import { describe, expect, test } from 'vitest';
import { flatten, type Messages, placeholdersOf, withTexts } from './flatten.ts';
import { routing } from './routing.ts';

const folder = 'lib/i18n/messages';
const read = (locale: string) => JSON.parse(readFileSync(`${folder}/${locale}.json`, 'utf8')) as Messages;

const english = flatten(read('en'));

test('there is one file for each language and no other, but for the forms of address', () => {
  const files = [...routing.locales.map((locale) => `${locale}.json`), 'es-usted.json'];
  expect(readdirSync(folder).sort()).toEqual(files.sort());
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

describe('usted', () => {
  const familiar = flatten(read('es'));
  const given = Object.entries(read('es-usted') as Record<string, string>);
  const polite = flatten(withTexts(read('es'), Object.fromEntries(given)));

  test('changes texts that are there, keeps their placeholders, and says nothing twice', () => {
    for (const [key, text] of given) {
      expect(familiar.has(key), key).toBe(true);
      expect(text, key).not.toBe(familiar.get(key));
      expect(placeholdersOf(text), key).toEqual(placeholdersOf(familiar.get(key) ?? ''));
    }
  });

  /** What only somebody says who says tú: pronouns, verbs in -s, and the imperatives in use here. */
  const TU =
    /(?<!\p{L})(tú|tus?|te|ti|contigo|eres|(?:viv|quier|pued|tien|deb|elig|escrib|termin|empiec|empiez)[ae]s|encuentras|conectas|acostumbras|escribas|ibas|(?!este|existe)\p{L}+ste|revisa|escribe (?!nada|el número de cuenta aquí|en la página)|elige (?!su|al)|llena|agrega|completa|usa|busca|ten|espera|recarga|paga|compara|corrige|da|pide|empieza|presiona|quita|marca|(?:revísa|escríbe|déja|actíva|inténta|lée|acórta|comuníca)\p{L}+)(?!\p{L})/iu;

  test('leaves no tú behind', () => {
    expect(
      [...polite].filter(([, text]) => TU.test(text)).map(([key, text]) => `${key}: ${TU.exec(text)?.[0]}`),
    ).toEqual([]);
  });

  test('and the search for one does find those of the other form', () => {
    const found = [...familiar].filter(([, text]) => TU.test(text)).length;
    expect(found).toBeGreaterThan(given.length * 0.9);
  });
});

/** Sentences and words of the texts that are sentences: labels of one or two words say nothing about reading. */
function prose(locale: string) {
  const texts = [...flatten(read(locale)).values()].map((text) => text.replace(/\{\w+\}/g, 'uno'));
  const sentences = texts
    .flatMap((text) => text.split(/[.?!:]+\s*/))
    .filter((text) => text.trim().split(/\s+/).length > 3);
  const words = sentences.flatMap((text) => text.match(/\p{L}+(?:’\p{L}+)?/gu) ?? []);
  return { words, perSentence: words.length / sentences.length };
}

/** Vowels that stand together are one syllable, but for two strong ones and for an accented weak one beside a strong one. */
const spanishSyllables = (word: string) =>
  word
    .toLowerCase()
    .replace(/qu|gu(?=[ei])/g, 'k')
    .replace(/[íú](?=[aeoáéó])|(?<=[aeoáéó])[íú]|(?<=[aeoáéó])[aeoáéó]/g, '-a-')
    .match(/[aeiouáéíóúüy]+/g)?.length ?? 1;

test('a child of twelve can read it: Flesch in English and Fernández Huerta in Spanish are 70 or more', () => {
  const average = (words: readonly string[], count: (word: string) => number) =>
    words.reduce((sum, word) => sum + count(word), 0) / words.length;
  const [en, es] = [prose('en'), prose('es')];
  const flesch = 206.835 - 1.015 * en.perSentence - 84.6 * average(en.words, syllable);
  const huerta = 206.84 - 1.02 * es.perSentence - 60 * average(es.words, spanishSyllables);
  expect(flesch).toBeGreaterThanOrEqual(70);
  expect(huerta).toBeGreaterThanOrEqual(70);
});

test('Spanish syllables are counted as they are said', () => {
  const known = {
    teléfono: 4,
    escribe: 3,
    día: 2,
    aquí: 2,
    siguiente: 3,
    país: 2,
    sea: 2,
    ciudad: 2,
    quieres: 2,
    y: 1,
  };
  for (const [word, count] of Object.entries(known)) expect([word, spanishSyllables(word)]).toEqual([word, count]);
});
