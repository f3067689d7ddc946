import 'server-only';
import { brand } from '../../config/brand/brand.ts';
import { consentText } from '../../config/brand/consent.ts';
import { env } from '../../config/env.ts';
import { writeStamp } from '../../domain/form-stamp.ts';
import type { StepId } from '../../domain/steps/index.ts';
import { pagePath } from '../../i18n/paths.ts';
import type { Locale } from '../../i18n/routing.ts';
import type { CurrentJourney } from './current-journey.ts';

/** What the pages of a journey need of the brand. */
export function brandView(locale: Locale) {
  const { name, askCallLocation } = brand();
  return { name, askCallLocation, consent: consentText(brand(), locale) };
}

/** A journey as its pages draw it, in one language. */
export const viewOf = (journey: CurrentJourney, locale: Locale) => ({
  ...{ ...journey, locale, brand: brandView(locale), home: `/${locale}` },
  helpPath: journey.isHanded || !env().OIDC_ISSUER ? undefined : `/${locale}/continue/help`,
  canStartOver: journey.draft !== undefined,
  version: journey.draft?.version,
  stamp: (seen?: string) => writeStamp(journey.subject, seen),
  keepPath: (step: StepId) => `${pagePath(locale, step)}/typed`,
  path: (page: StepId | 'review') => pagePath(locale, page),
});
