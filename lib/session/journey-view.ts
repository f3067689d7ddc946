import 'server-only';
import { brand } from '../config/brand/brand.ts';
import { consentText } from '../config/brand/consent.ts';
import type { Locale } from '../i18n/routing.ts';
import type { CurrentJourney } from './current-journey.ts';

/** A journey with what its pages need of the brand, in one language. */
export function viewOf(journey: CurrentJourney, locale: Locale) {
  const { name, askCallLocation } = brand();
  return { ...journey, locale, brand: { name, askCallLocation, consent: consentText(brand(), locale) } };
}
