import 'server-only';
import { type JourneyContext, PAYMENT_METHOD_TYPES, type Spelling } from '../domain/journey-context.ts';
import { brand } from './brand.ts';
import { env } from './env.ts';

/** The facts that the rules run on, at this moment. */
export function journeyContext(now: Date): JourneyContext {
  const { RAAS_COUNTRY, PARTNER_TIME_ZONE, VGS_VAULT_ID, VGS_ENVIRONMENT } = env();
  return {
    // Swedish writes dates as ISO 8601 does.
    today: new Intl.DateTimeFormat('sv-SE', { timeZone: PARTNER_TIME_ZONE, dateStyle: 'short' }).format(now),
    country: RAAS_COUNTRY,
    countries: brand().countries ?? [RAAS_COUNTRY],
    paymentMethodTypes: PAYMENT_METHOD_TYPES.filter((type) => type !== 'Card' || VGS_VAULT_ID !== undefined),
    vaultEnvironment: VGS_ENVIRONMENT?.startsWith('live') ? 'live' : 'sandbox',
  };
}

/** How the tenant wants answers spelled on the wire. */
export function spelling(): Spelling {
  return { mexicanMobile: env().RAAS_MX_MOBILE_FORM };
}
