import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { wcagContrast } from 'culori';
import { afterAll, expect, test } from 'vitest';
import { buildConsentText } from './consent-text.ts';
import { findContrastProblems } from './contrast.ts';
import { readBrand } from './read-brand.ts';
import { DEFAULT_THEME, renderThemeCss, SCHEMES } from './theme.ts';

const folder = mkdtempSync(join(tmpdir(), 'front-door-brand-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const SAMPLES = 'lib/config/brand/samples';
const sample = {
  name: 'Puente',
  contact: { email: 'ayuda@puente.example' },
  consent: { version: '2026-11', en: '{brand} shares your details.', es: '{brand} comparte tus datos.' },
};

function prepareBrand(change: object, text = (json: string) => json) {
  const file = join(folder, 'brand.json');
  writeFileSync(file, text(JSON.stringify({ ...sample, ...change }, null, 2)));
  return () => readBrand(file);
}

test.each(['puente', 'cosecha'])('the sample %s is good', (name) => {
  const brand = readBrand(`${SAMPLES}/${name}.json`);
  expect(buildConsentText(brand, 'es').text).toContain(brand.name);
  expect(brand.logo?.bytes.length).toBeGreaterThan(0);
  expect(brand.legal).toBeDefined();
});

test('the default colours have enough contrast in both schemes', () => {
  for (const scheme of SCHEMES) expect(findContrastProblems(DEFAULT_THEME[scheme], new Set())).toEqual([]);
});

test('the colour of the text on an accent and its hover colour are derived from it', () => {
  const { theme } = prepareBrand({ colors: { light: { accent: '#7a1f5c' } } })();
  expect(theme.light).toMatchObject({ accent: '#7a1f5c', onAccent: '#ffffff' });
  expect(theme.light.accentStrong).not.toBe('#7a1f5c');
  expect(theme.dark).toEqual(DEFAULT_THEME.dark);
  expect(renderThemeCss(theme)).toContain('--on-accent:#ffffff');
});

test('a colour without enough contrast is refused with its line, and the colour that the message suggests has enough', () => {
  const failing = prepareBrand({ colors: { light: { accent: '#ffe066' } } });
  expect(failing).toThrow(/line 13: colors\.light\.accent accent #ffe066 has 1\.\d\d:1 against .* and needs 3:1/);
  let message = '';
  try {
    failing();
  } catch (error) {
    message = (error as Error).message;
  }
  const suggestions = [...message.matchAll(/against surface (#\w+) and needs 3:1; the nearest that does is (#\w+)/g)];
  expect(suggestions.length).toBeGreaterThan(0);
  for (const [, background = '', suggestion = ''] of suggestions)
    expect(wcagContrast(suggestion, background)).toBeGreaterThanOrEqual(3);
});

test.each<[string, object, RegExp]>([
  ['an unknown name', { nmae: 'x' }, /line 11: nmae is not known/],
  ['an unknown field', { fields: { shoeSize: 'optional' } }, /fields/],
  ['a missing consent', { consent: undefined }, /line 1: consent is missing/],
  ['a consent in one language', { consent: { version: '1', en: 'x' } }, /line 6: consent\.es is missing/],
  ['no colour', { colors: { light: { accent: 'red' } } }, /line 13: colors\.light\.accent is not a colour/],
  ['an address that is not https', { contact: { url: 'http://a.example' } }, /line 4: contact\.url is not an https/],
  ['an unknown text key', { words: { en: { 'start.titel': 'x' } } }, /line 13: words\.en\.start\.titel is not a text/],
  [
    'a text without its placeholder',
    { words: { es: { 'form.progress': 'x' } } },
    /needs the placeholders current,total/,
  ],
  ['a logo that is not there', { logo: 'gone.svg' }, /line 11: logo is not there/],
  ['a logo elsewhere', { logo: '../secret.svg' }, /line 11: logo is not the name/],
])('%s is refused, with its line', (_what, change, message) => {
  expect(prepareBrand(change)).toThrow(message);
});

test('a file that is not JSON is refused with its line', () => {
  expect(prepareBrand({}, (json) => json.replace('"consent":', 'consent:'))).toThrow(/^line 6: /);
});

test('walletId needs an entry in documents', () => {
  expect(prepareBrand({ walletId: true })).toThrow('walletId needs an entry in documents');
  expect(prepareBrand({ walletId: true, documents: ['licence'] })().walletId).toBe(true);
});
