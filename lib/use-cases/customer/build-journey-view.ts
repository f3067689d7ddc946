import 'server-only';
import { getBrand } from '../../config/brand/brand.ts';
import { buildConsentText } from '../../config/brand/consent-text.ts';
import { getEnv } from '../../config/env.ts';
import { writeStamp } from '../../domain/form-stamp.ts';
import type { StepId } from '../../domain/steps/index.ts';
import { getPagePath } from '../../i18n/paths.ts';
import type { Locale } from '../../i18n/routing.ts';
import type { CurrentJourney } from './find-journey.ts';

/** Builds the part of the brand that the pages of a journey show. */
export function buildBrandView(locale: Locale) {
  const { name, askCallLocation, contact, legal, documents, walletId } = getBrand();
  return { name, askCallLocation, contact, legal, documents, walletId, consent: buildConsentText(getBrand(), locale) };
}

/**
 * Builds the view of a journey for its pages in one language.
 *
 * @param isFramed the page is in a partner's frame, where no agent helps: what an agent sees must not depend on a framed press
 */
export const buildJourneyView = (journey: CurrentJourney, locale: Locale, isFramed: boolean) => ({
  ...journey,
  locale,
  brand: buildBrandView(locale),
  home: `/${locale}`,
  isFramed,
  helpPath: isFramed || journey.isHandedOver || !getEnv().OIDC_ISSUER ? undefined : `/${locale}/continue/help`,
  canStartOver: journey.draft !== undefined,
  version: journey.draft?.version,
  createStamp: (seenMark?: string) => writeStamp(journey.subject, seenMark),
  getPartialPath: (step: StepId) => `${getPagePath(locale, step)}/typed`,
  getPath: (page: StepId | 'review') => getPagePath(locale, page),
});
