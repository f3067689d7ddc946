import fc from 'fast-check';
import parsePhoneNumber, { type CountryCode, getExampleNumber } from 'libphonenumber-js/mobile';
import examples from 'libphonenumber-js/mobile/examples';
import { analyse } from 'scslre';
import { describe, expect, test } from 'vitest';
import { COUNTRY_CODES } from '../domain/countries/countries.ts';
import { isPhone, readPhone } from '../domain/phone/phone.ts';
import type { PhoneRules } from '../domain/phone/phone-rules.ts';
import { formatPhone } from './format-phone.ts';
import { getPhoneRules } from './get-phone-rules.ts';

const ALL = getPhoneRules(COUNTRY_CODES);
const TERRITORIES = ['AS', 'GU', 'MP', 'PR', 'VI'];
const getCallingCountry = (country: string | undefined) => (TERRITORIES.includes(country ?? '') ? 'US' : country);

/** The library's own reading, as ours is to be: undefined when it is no mobile number of an offered country. */
function readByLibrary(text: string, country?: CountryCode) {
  const phone = parsePhoneNumber(text, country);
  const owner = getCallingCountry(phone?.country);
  return phone?.isValid() && COUNTRY_CODES.some((code) => code === owner)
    ? { e164: phone.number, country: owner }
    : undefined;
}

const createNationalNumbers = ({ mobilePattern }: PhoneRules) =>
  fc.stringMatching(new RegExp(`^(?:${mobilePattern})$`));

/** A number in the ways in which people, address books and other phones write it. */
function listSpellings(e164: string, { callingCode }: PhoneRules): string[] {
  const digits = e164.slice(1);
  const national = parsePhoneNumber(e164)?.formatNational() ?? '';
  const bare = digits.slice(callingCode.length);
  return [
    e164,
    digits,
    national,
    bare,
    `+${callingCode} ${bare}`,
    `(+${callingCode}) ${bare.replace(/(...)/g, '$1-')}`,
    `00${digits}`,
    `00 ${callingCode} ${bare}`,
    `011 ${callingCode} ${bare}`,
    `tel:${e164}`,
    formatPhone(e164),
    `${formatPhone(e164)} ext. 123`,
    `${national} x9`,
    e164.replace(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit))),
  ];
}

describe.each(ALL.map((rules) => [rules.country as CountryCode, rules] as const))('in %s', (country, rules) => {
  const read = (text: string) => readPhone(text, ALL, country);

  test('the example is a number, and says which one the library gives', () => {
    expect(read(rules.example)).toEqual({ e164: getExampleNumber(country, examples)?.number, country });
  });

  test('a number is one and the same in every spelling, and the library agrees', () => {
    fc.assert(
      fc.property(createNationalNumbers(rules), (national) => {
        const e164 = `+${rules.callingCode}${national}`;
        expect(readByLibrary(e164)).toEqual({ e164, country });
        for (const text of listSpellings(e164, rules)) expect(read(text), text).toEqual({ e164, country });
      }),
      { numRuns: 200 },
    );
  });

  test('a digit too many or too few and an unassigned prefix are refused as by the library', () => {
    const digit = fc.stringMatching(/^\d$/);
    const slips = fc
      .record({ national: createNationalNumbers(rules), at: fc.nat(11), digit })
      .chain(({ national, at, digit }) =>
        fc.constantFrom(
          national.slice(0, at) + national.slice(at + 1),
          national.slice(0, at) + digit + national.slice(at),
          national.slice(0, at) + digit + national.slice(at + 1),
          digit + national,
          national + digit,
        ),
      );
    fc.assert(
      fc.property(slips, (national) => {
        const text = `+${rules.callingCode}${national}`;
        // The library refuses the vendor's own form of a Mexican mobile, and takes an Argentine one without its 9 as a fixed line.
        const plain = country === 'MX' ? text.replace(/^\+52(?:1?(?:044|045|01)|1)(?=\d{10}$)/, '+52') : text;
        const withPrefix = country === 'AR' ? readByLibrary(plain.replace(/^\+540?/, '+549')) : undefined;
        expect(readPhone(text, ALL, undefined), text).toEqual(readByLibrary(plain) ?? withPrefix);
      }),
      { numRuns: 500 },
    );
  });

  test('what the library reads as a national number is read as the same number', () => {
    const prefix = fc.constantFrom('', '0', '1', '00', '01', '15', '044');
    fc.assert(
      fc.property(prefix, createNationalNumbers(rules), (before, national) => {
        const expected = readByLibrary(before + national, country);
        if (expected?.country === country) expect(read(before + national), before + national).toEqual(expected);
      }),
      { numRuns: 300 },
    );
  });
});

test('no digits of any length are a phone by chance of their length alone', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^\d{1,17}$/), fc.constantFrom(...COUNTRY_CODES), (digits, country) => {
      const phone = readPhone(digits, ALL, country);
      if (phone) expect(readByLibrary(phone.e164)).toEqual(phone);
    }),
    { numRuns: 2_000 },
  );
});

/** The first digits and the lengths of cards that are in use (ISO/IEC 7812; the networks' own pages). */
const CARDS = [
  '4\\d{11}',
  '4\\d{14}',
  '4\\d{17}',
  '5[1-5]\\d{13}',
  '2[2-7]\\d{13}',
  '3[47]\\d{12}',
  '6011\\d{11}',
  '65\\d{13}',
  '30[0-5]\\d{10}',
  '3[689]\\d{11}',
  '35\\d{13}',
  '50\\d{10,16}',
  '5[6-9]\\d{10,16}',
  '6\\d{11,17}',
  '62\\d{13}',
];

test('no card number is a phone, so that one in the box of a phone is never kept', () => {
  const addCheckDigit = (digits: string) => {
    const sum = [...digits].reverse().reduce((total, char, index) => {
      const digit = Number(char) * (index % 2 === 0 ? 2 : 1);
      return total + (digit > 9 ? digit - 9 : digit);
    }, 0);
    return digits + String((10 - (sum % 10)) % 10);
  };
  const card = fc.oneof(...CARDS.map((pattern) => fc.stringMatching(new RegExp(`^${pattern}$`)))).map(addCheckDigit);
  fc.assert(
    fc.property(card, (number) => {
      expect(isPhone(number, ALL), number).toBe(false);
    }),
    { numRuns: 5_000 },
  );
});

test('a card that begins like a calling code and a carrier is no phone, with or without spaces', () => {
  for (const text of ['5504116900000005', '5504 1169 0000 0005']) expect(isPhone(text, ALL)).toBe(false);
});

test('the vendor’s own examples are numbers, and its invalid one is not', () => {
  expect(readPhone('+5215521206703', ALL, undefined)?.e164).toBe('+525521206703');
  expect(readPhone('+15555550100', ALL, undefined)).toBeUndefined();
});

test('no pattern of the metadata takes for ever (ASVS 5.0, 1.3.12)', () => {
  const sources = ALL.flatMap(({ mobilePattern, trunkPrefix = '' }) => [
    `^(?:${mobilePattern})$`,
    `^(?:${trunkPrefix})`,
  ]);
  for (const source of sources) {
    const options = { assumeRejectingSuffix: true, reportTypes: { Move: false } };
    expect(analyse({ source, flags: '' }, options).reports, source).toEqual([]);
  }
});

test('the rules of the offered countries are small enough to go along with a page', () => {
  expect(JSON.stringify(getPhoneRules(['MX', 'US'])).length).toBeLessThan(2_000);
});
