import type { StateFormat } from './address/states.ts';
import type { PhoneRules } from './phone/phone-rules.ts';

/** How a customer can pay, as the vendor names it (session-link contract, section 4). */
export const PAYMENT_METHOD_TYPES = ['Card', 'UBN', 'BankAccount', 'DigitalWallet'] as const;
export type PaymentMethodType = (typeof PAYMENT_METHOD_TYPES)[number];

/** What the vendor does not insist on: a partner may ask it, ask firmly, or not at all. */
export const OPTIONAL_FIELDS = ['lastName2', 'middleName', 'email', 'gender', 'birthState'] as const;
export type OptionalField = (typeof OPTIONAL_FIELDS)[number];
export const FIELD_POLICIES = ['optional', 'required', 'hidden'] as const;
export type FieldPolicy = (typeof FIELD_POLICIES)[number];

/**
 * What the rules need to know of the world. Plain data: the server makes it and the browser receives it, so both run
 * the same rules on the same facts.
 */
export type JourneyContext = {
  /** Today's calendar date where the partner is, `YYYY-MM-DD`. */
  today: string;
  /** The tenant's country, ISO 3166-1 alpha-2. */
  country: string;
  /** The states of the tenant's country, empty when they are not known to us. */
  states: readonly { iso: string; name: string }[];
  /** Countries a customer may live in, alpha-2, the tenant's first. */
  countries: readonly string[];
  /** What a mobile number of each of them is, in the same order. */
  phoneRules: readonly PhoneRules[];
  paymentMethodTypes: readonly PaymentMethodType[];
  fields: Readonly<Record<OptionalField, FieldPolicy>>;
  /** Which vault's aliases are good: the prefix says it. */
  vaultEnvironment: 'sandbox' | 'live';
};

/** How the tenant wants some answers spelled on the wire. */
export type Spelling = {
  /** `documented` sends Mexican mobiles as the vendor's examples do (`+521…`), `e164` as the standard does (`+52…`). */
  mexicanMobile: 'documented' | 'e164';
  /** The form of the address's state. The vendor's example sends the short name, `CDMX`. */
  state: StateFormat;
  /** The form of the state of birth. The vendor's example sends the ISO code, `MX-CMX`. */
  birthState: StateFormat;
  /** The bank of an account, where the vendor's newest document is followed and it wants to know. */
  getBankName?: ((account: string) => string | undefined) | undefined;
};
