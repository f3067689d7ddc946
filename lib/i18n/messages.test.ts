import { readdirSync, readFileSync } from 'node:fs';
import { syllable } from 'syllable';
import { describe, expect, test } from 'vitest';
import { listPlaceholders, type Messages, toFlatMessages, withTexts } from './message-tree.ts';
import { routing } from './routing.ts';

const folder = 'lib/i18n/messages';
const readMessages = (locale: string) => JSON.parse(readFileSync(`${folder}/${locale}.json`, 'utf8')) as Messages;

const english = toFlatMessages(readMessages('en'));

test('each language has one file, and Spanish has one more for usted', () => {
  const files = [...routing.locales.map((locale) => `${locale}.json`), 'es-usted.json'];
  expect(readdirSync(folder).sort()).toEqual(files.sort());
});

test.each(routing.locales)('%s has the keys and placeholders of English', (locale) => {
  const translation = toFlatMessages(readMessages(locale));
  expect([...translation.keys()]).toEqual([...english.keys()]);
  for (const [key, text] of english) {
    expect(listPlaceholders(translation.get(key) ?? ''), key).toEqual(listPlaceholders(text));
    expect(translation.get(key)?.trim(), key).not.toBe('');
  }
});

test.each(routing.locales)(
  'texts of %s have {names} and no other syntax, since the browser only replaces names',
  (locale) => {
    for (const [key, text] of toFlatMessages(readMessages(locale)))
      expect(text.replace(/\{\w+\}/g, ''), key).not.toMatch(/[{}]/);
  },
);

test('no sentence was left in English', () => {
  const untranslated = [...toFlatMessages(readMessages('es'))].filter(
    ([key, text]) => text === english.get(key) && text.trim().includes(' '),
  );
  expect(untranslated.map(([key]) => key)).toEqual([]);
});

describe('usted', () => {
  const familiar = toFlatMessages(readMessages('es'));
  const overrides = Object.entries(readMessages('es-usted') as Record<string, string>);
  const polite = toFlatMessages(withTexts(readMessages('es'), Object.fromEntries(overrides)));

  test('replaces existing texts, keeps their placeholders, and repeats no text', () => {
    for (const [key, text] of overrides) {
      expect(familiar.has(key), key).toBe(true);
      expect(text, key).not.toBe(familiar.get(key));
      expect(listPlaceholders(text), key).toEqual(listPlaceholders(familiar.get(key) ?? ''));
    }
  });

  /** Forms of tú: pronouns, verbs in -s, and the imperatives that the texts use. */
  const TU =
    /(?<!\p{L})(tú|tus?|te|ti|contigo|eres|(?:viv|quier|pued|tien|deb|elig|escrib|termin|empiec|empiez)[ae]s|encuentras|conectas|acostumbras|escribas|ibas|(?!este|existe)\p{L}+ste|revisa|(?<!usted |cliente |se |, )escribe(?= (?!nada|después|el número de cuenta aquí|en la página))|(?<!la )elige(?! su| al)|elígel\p{L}+|ayudarte|tenías|permite|llena|agrega|completa|usa|busca|ten|espera|recarga|paga|compara|corrige|da|pide|empieza|presiona|quita|marca|toca|regístrate|anotes|envíes|pregunta|inicia|resuelve|lee|(?<!cliente )escanea|apunta|acerca|endereza|prueba|cópia\p{L}+|compára\p{L}+|repítel\p{L}+|deletréal\p{L}+|(?:revísa|permíte|escríbe|déja|actíva|inténta|lée|acórta|comuníca)\p{L}+)(?!\p{L})/iu;

  test('has no form of tú that the pattern knows', () => {
    expect(
      [...polite].filter(([, text]) => TU.test(text)).map(([key, text]) => `${key}: ${TU.exec(text)?.[0]}`),
    ).toEqual([]);
  });

  test('replaces texts in which the pattern finds a form of tú', () => {
    const matchCount = [...familiar].filter(([, text]) => TU.test(text)).length;
    expect(matchCount).toBeGreaterThan(overrides.length * 0.9);
  });
});

/** Returns the words of all sentences of four words or more, and their mean number. Labels show little about how hard a text is to read. */
function readProse(locale: string) {
  const texts = [...toFlatMessages(readMessages(locale)).values()].map((text) => text.replace(/\{\w+\}/g, 'uno'));
  const sentences = texts
    .flatMap((text) => text.split(/[.?!:]+\s*/))
    .filter((text) => text.trim().split(/\s+/).length > 3);
  const words = sentences.flatMap((text) => text.match(/\p{L}+(?:’\p{L}+)?/gu) ?? []);
  return { words, perSentence: words.length / sentences.length };
}

/** Vowels that stand together are one syllable, but for two strong ones and for an accented weak one beside a strong one. */
const countSpanishSyllables = (word: string) =>
  word
    .toLowerCase()
    .replace(/qu|gu(?=[ei])/g, 'k')
    .replace(/[íú](?=[aeoáéó])|(?<=[aeoáéó])[íú]|(?<=[aeoáéó])[aeoáéó]/g, '-a-')
    .match(/[aeiouáéíóúüy]+/g)?.length ?? 1;

test('texts are easy to read: Flesch in English and Fernández Huerta in Spanish are 70 or more', () => {
  const computeAverage = (words: readonly string[], count: (word: string) => number) =>
    words.reduce((sum, word) => sum + count(word), 0) / words.length;
  const [en, es] = [readProse('en'), readProse('es')];
  const flesch = 206.835 - 1.015 * en.perSentence - 84.6 * computeAverage(en.words, syllable);
  const huerta = 206.84 - 1.02 * es.perSentence - 60 * computeAverage(es.words, countSpanishSyllables);
  expect(flesch).toBeGreaterThanOrEqual(70);
  expect(huerta).toBeGreaterThanOrEqual(70);
});

test('Spanish syllables are counted as they are spoken', () => {
  const syllableCounts = {
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
  for (const [word, count] of Object.entries(syllableCounts))
    expect([word, countSpanishSyllables(word)]).toEqual([word, count]);
});
