import { requirePageAccess } from '@/app/(customer)/[locale]/onboarding/require-page-access';
import { ReviewView } from '@/components/pages/review-view';
import type { Locale } from '@/lib/i18n/routing';
import { buildJourneyView } from '@/lib/use-cases/customer/build-journey-view';
import { submitOnboarding } from '../actions';

type Query = { reworded?: string; changed?: string };
type Props = { params: Promise<{ locale: Locale }>; searchParams: Promise<Query> };

export default async function ReviewPage({ params, searchParams }: Props) {
  const { locale } = await params;
  const journey = buildJourneyView(await requirePageAccess(locale, 'review'), locale);
  const { reworded, changed } = await searchParams;
  const notice = reworded !== undefined ? 'reworded' : changed !== undefined ? 'changed' : undefined;
  return <ReviewView journey={journey} action={submitOnboarding} notice={notice} />;
}
