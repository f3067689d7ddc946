import 'server-only';
import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import type { StepId } from '@/lib/domain/steps';
import { getPagePath } from '@/lib/i18n/paths';
import type { Locale } from '@/lib/i18n/routing';
import { findPageRedirect } from '@/lib/use-cases/customer/page-access';
import { getCurrentJourney } from '../current-journey';

/** Returns the journey for one of its pages, or redirects to the page that the journey allows. */
export async function requirePageAccess(locale: Locale, page: StepId | 'review') {
  const journey = await getCurrentJourney();
  // Fetch Metadata (W3C): the navigation came from a page of this origin.
  const isFromOurPage = (await headers()).get('sec-fetch-site') === 'same-origin';
  const target = findPageRedirect(journey, page, isFromOurPage);
  if (target) redirect(getPagePath(locale, target.page) + (target.isLost ? '?lost' : ''));
  return journey;
}
