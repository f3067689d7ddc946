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
];
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
    const label = fc.constantFrom('', 'CLABE: ', 'Clabe interbancaria ', 'Cuenta CLABE ', 'No. ');
    fc.assert(
      fc.property(label, createVariants('021180064005555444'), (before, text) => {
        expect(normalizeAccountNumber(before + text)).toBe('021180064005555444');
      }),
    );
  });

  test('a phone', () => {
    fc.assert(
      fc.property(fc.constantFrom('', '+52', 'tel:', 'Cel: '), createVariants('5521206706'), (before, text) => {
        expect(readPhone(before + text, sampleContext.phoneRules, 'MX')?.e164).toBe('+525521206706');
      }),
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
        createStrewnText('ana.ruiz@mail.com', [...INVISIBLE, ...SPACES]),
        fc.constantFrom('', 'mailto:', 'Ana Ruiz <'),
        fc.constantFrom('', '.', ',', '>', ' .'),
        (text, before, after) => {
          expect(normalizeEmail(before + text + after)).toBe('ana.ruiz@mail.com');
        },
      ),
    );
    expect(normalizeEmail('ａｎａ＠ｍａｉｌ．ｃｏｍ')).toBe('ana@mail.com');
    expect(normalizeEmail('ana@correo.españa')).toBe('ana@correo.xn--espaa-rta');
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
    fc.assert(
      fc.property(createStrewnText('José Núñez'.normalize('NFD'), INVISIBLE), (name) => {
        expect(parseIdentity({ firstName: `  ${name}\u00a0` }).data?.firstName).toBe('José Núñez');
      }),
    );
    expect(normalizeText('علي\u200cرضا')).toBe('علي\u200cرضا');
  });
});

test.each([
  ['Ольга Ивановна', 'ольга'],
  ['محمد علي', 'محمد'],
  ['Ñandú', 'nandu'],
  ['王小明', '王'],
  ['Αθηνά', 'αθηνα'],
])('%s is found by %s', (name, typed) => {
  expect(toComparisonKey(typed)).not.toBe('');
  expect(toComparisonKey(name)).toContain(toComparisonKey(typed));
});
