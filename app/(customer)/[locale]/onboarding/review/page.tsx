import { requirePageAccess } from '@/app/(customer)/[locale]/onboarding/require-page-access';
import { LastPageView } from '@/components/pages/last-page-view';
import { ReviewView } from '@/components/pages/review-view';
import { isFramedVisit } from '@/lib/http/framed-visit';
import type { Locale } from '@/lib/i18n/routing';
import { buildJourneyView } from '@/lib/use-cases/customer/build-journey-view';
import { createExitToken } from '../../exit-token';
import { submitOnboarding } from '../actions';

type Query = { reworded?: string; changed?: string };
type Props = { params: Promise<{ locale: Locale }>; searchParams: Promise<Query> };

export default async function ReviewPage({ params, searchParams }: Props) {
  const { locale } = await params;
  const isFramed = await isFramedVisit();
  const journey = buildJourneyView(await requirePageAccess(locale, 'review'), locale, isFramed);
  if (isFramed) return <LastPageView journey={journey} token={await createExitToken()} />;
  const { reworded, changed } = await searchParams;
  const notice = reworded !== undefined ? 'reworded' : changed !== undefined ? 'changed' : undefined;
  return <ReviewView journey={journey} action={submitOnboarding} notice={notice} />;
}
