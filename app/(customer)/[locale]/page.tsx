import { getCurrentJourney } from '@/app/(customer)/[locale]/current-journey';
import { StartView } from '@/components/pages/start-view';
import { writeStamp } from '@/lib/domain/form-stamp';
import { getPagePath } from '@/lib/i18n/paths';
import type { Locale } from '@/lib/i18n/routing';

type Props = { params: Promise<{ locale: Locale }>; searchParams: Promise<{ another?: string }> };

export default async function StartPage({ params, searchParams }: Props) {
  const { locale } = await params;
  const { another } = await searchParams;
  const { progress, draft, subject } = await getCurrentJourney();
  return (
    <StartView
      locale={locale}
      path={getPagePath(locale, progress.firstOpenStep)}
      hasDraft={draft !== undefined}
      stamp={writeStamp(subject)}
      isAnotherPerson={another !== undefined}
    />
  );
}
