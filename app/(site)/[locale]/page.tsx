import { StartView } from '@/components/pages/start-view';
import { pagePath } from '@/lib/i18n/paths';
import type { Locale } from '@/lib/i18n/routing';
import { currentJourney } from '@/lib/session/current-journey';

type Props = { params: Promise<{ locale: Locale }> };

export default async function StartPage({ params }: Props) {
  const { locale } = await params;
  const { walk, draft } = await currentJourney();
  return <StartView path={pagePath(locale, walk.open)} isBegun={draft !== undefined} locale={locale} />;
}
