import { StartView } from '@/components/pages/start-view';
import { writeStamp } from '@/lib/domain/form-stamp';
import { pagePath } from '@/lib/i18n/paths';
import type { Locale } from '@/lib/i18n/routing';
import { currentJourney } from '@/lib/use-cases/customer/current-journey';

type Props = { params: Promise<{ locale: Locale }>; searchParams: Promise<{ another?: string }> };

export default async function StartPage({ params, searchParams }: Props) {
  const { locale } = await params;
  const { another } = await searchParams;
  const { walk, draft, subject } = await currentJourney();
  return (
    <StartView
      locale={locale}
      path={pagePath(locale, walk.open)}
      isBegun={draft !== undefined}
      stamp={writeStamp(subject)}
      isAnother={another !== undefined}
    />
  );
}
