import 'server-only';
import { type CountryCode, getExampleNumber, isSupportedCountry } from 'libphonenumber-js/mobile';
import examples from 'libphonenumber-js/mobile/examples';
import metadata from 'libphonenumber-js/mobile/metadata';
import * as z from 'zod/mini';
import type { PhoneRules } from '../domain/phone/phone-rules.ts';

/** Indexes in the library's packed metadata of a country (METADATA.md of libphonenumber-js). */
const [CALLING_CODE, NATIONAL_PREFIX, PREFIX_FOR_PARSING, TRANSFORM_RULE, TYPES] = [0, 5, 7, 8, 11];
/** Index of mobiles among the types. The library's build for mobiles has no other types. */
const MOBILE = 1;

const text = z.string().check(z.minLength(1));
/** The metadata has 0 or nothing for a missing value. */
const optionalText = z.catch(z.optional(text), undefined);
const types = z.array(z.unknown());

/** Mexico abolished these prefixes for long distance and mobiles in 2019; the vendor's examples still have `+521…`. */
const OLD_MEXICAN_PREFIX = '1?(?:044|045|01)|1';
/** Argentine mobiles have a 9 before the area code; without it, the library sees a fixed line. */
const ARGENTINE_MOBILE_PREFIX = '9';
/** Territories with the calling code of the United States and area codes of their own. The app counts them as the US. */
const US_TERRITORIES: readonly CountryCode[] = ['AS', 'GU', 'MP', 'PR', 'VI'];

/**
 * Reads the mobile number rules of countries (ISO 3166-1 alpha-2) from the library's metadata.
 *
 * @throws when the library does not know a country or has changed its format; the boot then stops
 */
export const getPhoneRules = (countries: readonly string[]): PhoneRules[] => countries.map(buildCountryRules);

function buildCountryRules(country: string): PhoneRules {
  if (!isSupportedCountry(country)) throw new Error(`No phone metadata for ${country}`);
  const plan = getPlan(country);
  const patterns = [country, ...(country === 'US' ? US_TERRITORIES : [])].map(getMobilePattern);
  return {
    country,
    callingCode: text.parse(plan[CALLING_CODE]),
    mobilePattern: patterns.join('|'),
    trunkPrefix:
      country === 'MX'
        ? OLD_MEXICAN_PREFIX
        : (optionalText.parse(plan[PREFIX_FOR_PARSING]) ?? optionalText.parse(plan[NATIONAL_PREFIX])),
    trunkReplacement: optionalText.parse(plan[TRANSFORM_RULE]),
    mobilePrefix: country === 'AR' ? ARGENTINE_MOBILE_PREFIX : undefined,
    example: text.parse(getExampleNumber(country, examples)?.formatNational()),
  };
}

const getPlan = (country: CountryCode) => z.array(z.unknown()).parse(metadata.countries[country]);

const getMobilePattern = (country: CountryCode): string =>
  text.parse(types.parse(types.parse(getPlan(country)[TYPES])[MOBILE])[0]);
