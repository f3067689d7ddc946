import { getCurrentJourney } from '@/app/(customer)/[locale]/current-journey';
import { LinkRefusedView } from '@/components/pages/link-refused-view';
import { getBrand } from '@/lib/config/brand/brand';
import { getPagePath } from '@/lib/i18n/paths';
import type { Locale } from '@/lib/i18n/routing';

type Props = { params: Promise<{ locale: Locale }> };

export default async function LinkRefusedPage({ params }: Props) {
  const { locale } = await params;
  const { progress, draft } = await getCurrentJourney();
  return (
    <LinkRefusedView
      brandName={getBrand().name}
      path={getPagePath(locale, progress.firstOpenStep)}
      hasDraft={draft !== undefined}
    />
  );
}
