import 'server-only';
import { listPostalPrefixes } from '../domain/address/postal-prefix-table.ts';
import { listStates } from '../domain/address/states.ts';
import { formatDay } from '../domain/day-span.ts';
import {
  type JourneyContext,
  OPTIONAL_FIELDS,
  PAYMENT_METHOD_TYPES,
  type PaymentMethodType,
  type Spelling,
} from '../domain/journey-context.ts';
import { findBankByClabe } from '../reference-data/find-bank-by-clabe.ts';
import { getPhoneRules } from '../reference-data/get-phone-rules.ts';
import { getBrand } from './brand/brand.ts';
import { ConfigurationError } from './configuration-error.ts';
import { getEnv } from './env.ts';

const ALL_OPTIONAL = Object.fromEntries(OPTIONAL_FIELDS.map((name) => [name, 'optional'])) as JourneyContext['fields'];

let cachedContext: JourneyContext | undefined;

/** Returns the context of the rules. It is the same object all day, so that caches by context work. */
export function getJourneyContext(now: Date): JourneyContext {
  const today = formatDay(getEnv().PARTNER_TIME_ZONE, now);
  if (cachedContext?.today !== today) cachedContext = buildJourneyContext(today);
  return cachedContext;
}

function buildJourneyContext(today: string): JourneyContext {
  const { RAAS_COUNTRY, VGS_ENVIRONMENT } = getEnv();
  const countries = getBrand().countries ?? [RAAS_COUNTRY];
  return {
    today,
    country: RAAS_COUNTRY,
    states: listStates(RAAS_COUNTRY).map(({ iso, name }) => ({ iso, name })),
    countries,
    postalPrefixes: listPostalPrefixes(countries),
    phoneRules: getPhoneRules(countries),
    paymentMethodTypes: getOfferedPaymentMethodTypes(),
    fields: { ...ALL_OPTIONAL, ...getBrand().fields },
    vaultEnvironment: VGS_ENVIRONMENT?.startsWith('live') ? 'live' : 'sandbox',
  };
}

export function getSpelling(): Spelling {
  const { RAAS_COUNTRY, RAAS_MX_MOBILE_FORM, RAAS_STATE_FORM, RAAS_BIRTH_STATE_FORM, RAAS_UBN_BANK_NAME } = getEnv();
  const shouldSendBankName = RAAS_UBN_BANK_NAME === 'send' && RAAS_COUNTRY === 'MX';
  return {
    mexicanMobile: RAAS_MX_MOBILE_FORM,
    state: RAAS_STATE_FORM,
    birthState: RAAS_BIRTH_STATE_FORM,
    getBankName: shouldSendBankName ? (account) => findBankByClabe(account)?.name : undefined,
  };
}

/**
 * Returns the brand's payment methods in its order; cards only with a vault.
 *
 * @throws ConfigurationError when none is left; the boot calls this first
 */
export function getOfferedPaymentMethodTypes(): PaymentMethodType[] {
  const { paymentMethodTypes = PAYMENT_METHOD_TYPES } = getBrand();
  const offeredTypes = paymentMethodTypes.filter((type) => type !== 'Card' || getEnv().VGS_VAULT_ID !== undefined);
  if (offeredTypes.length === 0) throw new ConfigurationError('BRAND_FILE, VGS_VAULT_ID');
  return offeredTypes;
}
