import 'server-only';
import { getBrand } from '../../config/brand/brand.ts';
import { buildConsentText } from '../../config/brand/consent-text.ts';
import { getEnv } from '../../config/env.ts';
import { writeStamp } from '../../domain/form-stamp.ts';
import type { StepId } from '../../domain/steps/index.ts';
import { getPagePath } from '../../i18n/paths.ts';
import type { Locale } from '../../i18n/routing.ts';
import type { CurrentJourney } from './current-journey.ts';

/** What the pages of a journey need of the brand. */
export function buildBrandView(locale: Locale) {
  const { name, askCallLocation } = getBrand();
  return { name, askCallLocation, consent: buildConsentText(getBrand(), locale) };
}

/** A journey as its pages draw it, in one language. */
export const buildJourneyView = (journey: CurrentJourney, locale: Locale) => ({
  ...{ ...journey, locale, brand: buildBrandView(locale), home: `/${locale}` },
  helpPath: journey.isHandedOver || !getEnv().OIDC_ISSUER ? undefined : `/${locale}/continue/help`,
  canStartOver: journey.draft !== undefined,
  version: journey.draft?.version,
  createStamp: (seenMark?: string) => writeStamp(journey.subject, seenMark),
  getPartialPath: (step: StepId) => `${getPagePath(locale, step)}/typed`,
  getPath: (page: StepId | 'review') => getPagePath(locale, page),
});
