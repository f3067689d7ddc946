import { notFound } from 'next/navigation';
import { visualStates } from '@/components/preview/visual-states';
import { getJourneyContext } from '@/lib/config/get-journey-context';
import { isPreviewOn } from '@/lib/config/is-preview-on';
import { getPlacesSettings, getVaultSettings } from '@/lib/config/vendor-settings';
import type { Locale } from '@/lib/i18n/routing';
import { buildBrandView } from '@/lib/use-cases/customer/build-journey-view';

type Props = { params: Promise<{ locale: Locale; scene: string }>; searchParams: Promise<{ scheme?: string }> };

/** Renders one state of the brand's preview as its page would look. Its buttons do nothing. */
export default async function ScenePage({ params, searchParams }: Props) {
  const { locale, scene } = await params;
  const renderState = isPreviewOn() ? visualStates.get(scene) : undefined;
  if (!renderState) notFound();
  const now = new Date();
  const { scheme } = await searchParams;
  return (
    <>
      {scheme ? <link rel="stylesheet" href={`/brand/theme.css?only=${scheme}`} precedence="scheme" /> : null}
      {renderState({
        locale,
        context: getJourneyContext(now),
        brand: buildBrandView(locale),
        now: now.toISOString(),
        doNothing: handleNothing,
        places: getPlacesSettings(),
        vault: getVaultSettings(),
      })}
    </>
  );
}

async function handleNothing(): Promise<undefined> {
  'use server';
}
