import 'server-only';
import { statesOf } from '../domain/address/states.ts';
import { dayIn } from '../domain/days.ts';
import {
  type JourneyContext,
  OPTIONAL_FIELDS,
  PAYMENT_METHOD_TYPES,
  type PaymentMethodType,
  type Spelling,
} from '../domain/journey-context.ts';
import { bankOfClabe } from '../reference-data/bank-of-clabe.ts';
import { phoneRules } from '../reference-data/phone-rules.ts';
import { brand } from './brand/brand.ts';
import { ConfigurationError } from './configuration-error.ts';
import { env } from './env.ts';

const ALL_OPTIONAL = Object.fromEntries(OPTIONAL_FIELDS.map((name) => [name, 'optional'])) as JourneyContext['fields'];

let ofToday: JourneyContext | undefined;

/** The facts that the rules run on, at this moment. The same object all day: what is made from it is made once. */
export function journeyContext(now: Date): JourneyContext {
  const today = dayIn(env().PARTNER_TIME_ZONE, now);
  if (ofToday?.today !== today) ofToday = contextOf(today);
  return ofToday;
}

function contextOf(today: string): JourneyContext {
  const { RAAS_COUNTRY, VGS_ENVIRONMENT } = env();
  const countries = brand().countries ?? [RAAS_COUNTRY];
  return {
    today,
    country: RAAS_COUNTRY,
    states: statesOf(RAAS_COUNTRY).map(({ iso, name }) => ({ iso, name })),
    countries,
    phoneRules: phoneRules(countries),
    paymentMethodTypes: offeredPaymentMethodTypes(),
    fields: { ...ALL_OPTIONAL, ...brand().fields },
    vaultEnvironment: VGS_ENVIRONMENT?.startsWith('live') ? 'live' : 'sandbox',
  };
}

/** How the tenant wants answers spelled on the wire. */
export function spelling(): Spelling {
  const { RAAS_COUNTRY, RAAS_MX_MOBILE_FORM, RAAS_STATE_FORM, RAAS_BIRTH_STATE_FORM, RAAS_UBN_BANK_NAME } = env();
  const sendsBank = RAAS_UBN_BANK_NAME === 'send' && RAAS_COUNTRY === 'MX';
  return {
    mexicanMobile: RAAS_MX_MOBILE_FORM,
    state: RAAS_STATE_FORM,
    birthState: RAAS_BIRTH_STATE_FORM,
    bankNameOf: sendsBank ? (account) => bankOfClabe(account)?.name : undefined,
  };
}

/**
 * The ways to pay that the brand offers, in its order; a card only when there is a vault.
 *
 * @throws when none is left; `instrumentation.ts` asks first.
 */
export function offeredPaymentMethodTypes(): PaymentMethodType[] {
  const { paymentMethodTypes = PAYMENT_METHOD_TYPES } = brand();
  const offered = paymentMethodTypes.filter((type) => type !== 'Card' || env().VGS_VAULT_ID !== undefined);
  if (offered.length === 0) throw new ConfigurationError('BRAND_FILE, VGS_VAULT_ID');
  return offered;
}
