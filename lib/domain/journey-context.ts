import type { PostalPrefixes } from './address/postal-prefixes.ts';
import type { StateFormat } from './address/states.ts';
import type { PhoneRules } from './phone/phone-rules.ts';

/** Payment methods under the vendor's names (docs/vendor-notes.md#5-raas-payment-methods). */
export const PAYMENT_METHOD_TYPES = ['Card', 'UBN', 'BankAccount', 'DigitalWallet'] as const;
export type PaymentMethodType = (typeof PAYMENT_METHOD_TYPES)[number];

/** Fields that the vendor does not require: a partner may ask for them, require them or hide them. */
export const OPTIONAL_FIELDS = ['lastName2', 'middleName', 'email', 'gender', 'birthState'] as const;
export type OptionalField = (typeof OPTIONAL_FIELDS)[number];
export const FIELD_POLICIES = ['optional', 'required', 'hidden'] as const;
export type FieldPolicy = (typeof FIELD_POLICIES)[number];

/**
 * Facts on which the rules depend. Plain data: the server builds it and the browser receives it, so both apply the same
 * rules.
 */
export type JourneyContext = {
  /** Date in the partner's time zone, `YYYY-MM-DD`. */
  today: string;
  /** The tenant's country, ISO 3166-1 alpha-2. */
  country: string;
  /** States of the tenant's country; empty when there is no table of them. */
  states: readonly { iso: string; name: string }[];
  /** First digits of postal codes by state, for `countries`. */
  postalPrefixes: PostalPrefixes;
  /** Countries where customers may live, alpha-2, the tenant's first. */
  countries: readonly string[];
  /** Mobile number rules of `countries`, in the same order. */
  phoneRules: readonly PhoneRules[];
  paymentMethodTypes: readonly PaymentMethodType[];
  fields: Readonly<Record<OptionalField, FieldPolicy>>;
  /** Environment in the prefix of valid aliases. */
  vaultEnvironment: 'sandbox' | 'live';
};

/** Spellings in the upstream body. */
export type Spelling = {
  /** `documented` sends Mexican mobiles as the vendor's examples do (`+521…`), `e164` as the standard does (`+52…`). */
  mexicanMobile: 'documented' | 'e164';
  /** Format of the address's state. The vendor's example has the short name, `CDMX`. */
  state: StateFormat;
  /** Format of the state of birth. The vendor's example has the ISO code, `MX-CMX`. */
  birthState: StateFormat;
  /** Returns the bank of an account; undefined unless `RAAS_UBN_BANK_NAME` is `send`. */
  getBankName?: ((account: string) => string | undefined) | undefined;
};
