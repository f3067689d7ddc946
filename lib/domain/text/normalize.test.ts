import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { normalizeAccountNumber } from '../account/account.ts';
import { readPhone } from '../phone/phone.ts';
import { sampleContext, sampleInputs } from '../sample-answers.ts';
import { createAddressSchema } from '../steps/address/schema.ts';
import { normalizeEmail } from '../steps/identity/email.ts';
import { createIdentitySchema } from '../steps/identity/schema.ts';
import { toComparisonKey } from './comparison-key.ts';
import { normalizeCodeText, normalizeText } from './normalize.ts';

const INVISIBLE = [
  '\u200b',
  '\u200e',
  '\u200f',
  '\u202a',
  '\u202c',
  '\u2066',
  '\u2069',
  '\ufeff',
  '\u00ad',
  '\u2060',
  '\u061c',
  '\u034f',
  '\ufe0e',
  '\ufe0f',
  '\u{e0100}',
];
/** Kept in names: variation selectors choose a glyph of a Chinese, Japanese or Mongolian letter. */
const VARIATION_SELECTORS = ['\ufe0e', '\ufe0f', '\u{e0100}', '\u034f'];
const SPACES = [' ', '\u00a0', '\u2009', '\u202f', '\u3000'];
/** The zeros of scripts whose digits phones and messengers write. */
const ZEROS = [0x30, 0x660, 0x6f0, 0x966, 0x9e6, 0xa66, 0xe50, 0x1040, 0xff10, 0x1d7ce, 0x1e950];

const toScript = (text: string, zero: number) =>
  text.replace(/[0-9]/g, (digit) => String.fromCodePoint(zero + Number(digit)));
const zero = fc.constantFrom(...ZEROS);
/** Inserts invisible characters at random places. */
const createStrewnText = (text: string, signs: readonly string[]) =>
  fc.array(fc.tuple(fc.nat(text.length), fc.constantFrom(...signs)), { maxLength: 8 }).map((insertions) => {
    const chars = [...text];
    for (const [index, sign] of insertions) chars.splice(index, 0, sign);
    return chars.join('');
  });
/** An address with spaces beside `@` and the dot of the domain, as keyboards insert them. */
const createSpacedEmail = () =>
  fc
    .array(fc.constantFrom('', ...SPACES), { minLength: 4, maxLength: 4 })
    .map((spaces) => ['ana.ruiz', '@', 'mail', '.', 'com'].map((part, index) => part + (spaces[index] ?? '')).join(''));
const createVariants = (text: string, signs = [...INVISIBLE, ...SPACES]) =>
  fc
    .tuple(
      zero.map((start) => toScript(text, start)).chain((other) => createStrewnText(other, signs)),
      fc.boolean(),
    )
    .map(([one]) => one);

const parseIdentity = (input: object) =>
  createIdentitySchema(sampleContext).safeParse({ ...sampleInputs.identity, ...input });
const findError = (input: object) => parseIdentity(input).error?.issues[0]?.message;

describe('fields ignore invisible characters and read digits of any script', () => {
  test('an account', () => {
    const label = fc.constantFrom(
      '',
      'CLABE: ',
      'Clabe interbancaria ',
      'Cuenta CLABE ',
      'No. ',
      'HSBC ',
      'Clabe de 18 dígitos: ',
    );
    const end = fc.constantFrom('', '.', ' (HSBC)', ' Ana Ruiz', '*', '\u202c');
    fc.assert(
      fc.property(label, createVariants('021180064005555444'), end, (before, text, after) => {
        expect(normalizeAccountNumber(before + text + after, 'MX')).toBe('021180064005555444');
      }),
    );
  });

  test('a phone', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('', '+52', 'tel:', 'Cel: ', 'Tel./WhatsApp: ', '\u{1f4f1} ', '“', 'wa.me/52', '+521 044 '),
        createVariants('5521206706', [...INVISIBLE, ...SPACES, '\u2212', '\u00b7', '\u20e3']),
        fc.constantFrom('', ';', '”', ' (casa)', ' cel', ' Ext: 12', ';ext=3', ' \u{1f4de}'),
        (before, text, after) => {
          const phone = readPhone(before + text + after, sampleContext.phoneRules, 'MX');
          expect(phone?.e164, before + text + after).toBe('+525521206706');
        },
      ),
    );
  });

  test('a date and a postal code', () => {
    fc.assert(
      fc.property(
        createVariants('24', INVISIBLE),
        createVariants('6', INVISIBLE),
        createVariants('1987', INVISIBLE),
        createVariants('03800', INVISIBLE),
        (day, month, year, zipCode) => {
          expect(parseIdentity({ dob: { day, month, year } }).data?.dob).toBe('1987-06-24');
          const address = createAddressSchema(sampleContext).safeParse({ ...sampleInputs.address, zipCode });
          expect(address.data?.zipCode).toBe('03800');
        },
      ),
    );
  });

  test('an e-mail, also with what keyboards and pastes put around it', () => {
    fc.assert(
      fc.property(
        createSpacedEmail().chain((text) => createStrewnText(text, INVISIBLE)),
        fc.constantFrom('', 'mailto:', 'Ana Ruiz <', 'Correo: ', 'Mi correo es ', '“', '\u{1f4e7} ', 'Ana Ruiz ('),
        fc.constantFrom('', '.', ',', '>', ' .', '”', ')', ' (trabajo)', ' \u{1f4e7}', '?subject=x', '!'),
        (text, before, after) => {
          expect(normalizeEmail(before + text + after)).toBe('ana.ruiz@mail.com');
        },
      ),
    );
    expect(normalizeEmail('ａｎａ＠ｍａｉｌ．ｃｏｍ')).toBe('ana@mail.com');
    expect(normalizeEmail('ana@correo.españa')).toBe('ana@correo.xn--espaa-rta');
    expect(normalizeEmail('o’brien@mail.com')).toBe("o'brien@mail.com");
  });

  test('an e-mail with a space between two words is asked for again', () => {
    const word = fc.stringMatching(/^[a-z][a-z0-9_+-]{0,6}\d$/);
    const space = fc.constantFrom(...SPACES);
    fc.assert(
      fc.property(word, space, word, (first, sign, second) => {
        for (const text of [
          `${first}${sign}${second}@mail.com`,
          `Ana ${first}${sign}${second}@mail.com`,
          `${first}@${first}.com${sign}${second}`,
          `${first}@mail${sign}${second}.com`,
          `${first}@mail.com.${sign}${second}`,
          `Sra.${sign}${first}@mail.com`,
          `mi${sign}${first}@mail.com`,
        ])
          expect(findError({ email: text }), text).toBe('email.format');
      }),
    );
  });

  test.each(['ana@почта.рф', 'ana@correo.españa', 'ana@münchen.de', 'ana@mail。com', 'ana@उदाहरण.भारत'])(
    '%s is taken in its ASCII form',
    (text) => {
      expect(parseIdentity({ email: text }).data?.email).toMatch(/^ana@[a-z\d.-]+$/);
    },
  );

  test('a part of a date, with signs and endings around it', () => {
    const end = fc.constantFrom('', '.', ',', '/', ' -', 'º', '°', 'ro', '\ufe0f');
    fc.assert(
      fc.property(createVariants('24', INVISIBLE), end, createVariants('1987', INVISIBLE), (day, sign, year) => {
        expect(parseIdentity({ dob: { day: day + sign, month: 'junio.', year: `${year}.` } }).data?.dob).toBe(
          '1987-06-24',
        );
      }),
    );
    const whole = '24–06–1987';
    expect(parseIdentity({ dob: { day: whole, month: whole, year: whole } }).data?.dob).toBe('1987-06-24');
    expect(parseIdentity({ dob: { day: '1º de enero de 1987', month: '', year: '' } }).data?.dob).toBe('1987-01-01');
    expect(findError({ dob: { day: '1/2', month: '6', year: '1987' } })).toBe('dob.day');
  });

  test('cleaning once is enough', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(normalizeCodeText(normalizeCodeText(text))).toBe(normalizeCodeText(text));
        expect(normalizeText(normalizeText(text))).toBe(normalizeText(text));
      }),
    );
  });
});

describe('a name', () => {
  const nothing = fc
    .array(
      fc.constantFrom(
        ...INVISIBLE,
        ...SPACES,
        '\u3164',
        '\u115f',
        '\uffa0',
        '\u2800',
        '\u200d',
        '.',
        '-',
        '7',
        '٣',
        '’',
        'ª',
        'º',
        'ʼ',
        '\u0640',
        '\u{13441}',
      ),
      { minLength: 1, maxLength: 12 },
    )
    .map((signs) => signs.join(''));

  test('that shows no letter is asked for again', () => {
    fc.assert(
      fc.property(nothing, fc.constantFrom('firstName', 'lastName'), (name, field) => {
        expect(['text.letters', `${field}.required`]).toContain(findError({ [field]: name }));
      }),
    );
    expect(findError({ lastName2: '...' })).toBe('text.letters');
    expect(findError({ lastName2: '\u3164' })).toBeUndefined();
  });

  test('keeps its letters, and loses what turns the direction of others', () => {
    const signs = INVISIBLE.filter((sign) => !VARIATION_SELECTORS.includes(sign));
    fc.assert(
      fc.property(createStrewnText('José Núñez'.normalize('NFD'), signs), (name) => {
        expect(parseIdentity({ firstName: `  ${name.replace(' ', '\t ')}\u00a0` }).data?.firstName).toBe('José Núñez');
      }),
    );
    expect(normalizeText('葛\u{e0100}飾')).toBe('葛\u{e0100}飾');
    expect(normalizeText('علي\u200cرضا')).toBe('علي\u200cرضا');
  });
});

test.each([
  ['Ольга Ивановна', 'ольга'],
  ['محمد علي', 'محمد'],
  ['Ñandú', 'nandu'],
  ['王小明', '王'],
  ['Αθηνά', 'αθηνα'],
  ['ΓΙΩΡΓΟΣ ΠΑΠΑΣ', 'Γιώργος'],
  ['محـمد', 'محمد'],
  ['Işık', 'isik'],
  ['Strauß', 'STRAUSS'],
])('%s is found by %s', (name, typed) => {
  expect(toComparisonKey(typed)).not.toBe('');
  expect(toComparisonKey(name)).toContain(toComparisonKey(typed));
});
