import { LinkRefusedView } from '@/components/pages/link-refused-view';
import { brand } from '@/lib/config/brand/brand';
import { pagePath } from '@/lib/i18n/paths';
import type { Locale } from '@/lib/i18n/routing';
import { currentJourney } from '@/lib/use-cases/customer/current-journey';

type Props = { params: Promise<{ locale: Locale }> };

export default async function LinkRefusedPage({ params }: Props) {
  const { locale } = await params;
  const { walk, draft } = await currentJourney();
  return <LinkRefusedView brandName={brand().name} path={pagePath(locale, walk.open)} isBegun={draft !== undefined} />;
}
