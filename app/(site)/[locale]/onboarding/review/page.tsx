import { ReviewView } from '@/components/pages/review-view';
import type { Locale } from '@/lib/i18n/routing';
import { guardPage } from '@/lib/session/guard';
import { viewOf } from '@/lib/session/journey-view';
import { submitOnboarding } from '../actions';

type Props = { params: Promise<{ locale: Locale }>; searchParams: Promise<{ reworded?: string }> };

export default async function ReviewPage({ params, searchParams }: Props) {
  const { locale } = await params;
  const journey = viewOf(await guardPage(locale, 'review'), locale);
  const { reworded } = await searchParams;
  return <ReviewView journey={journey} action={submitOnboarding} isReworded={reworded !== undefined} />;
}
