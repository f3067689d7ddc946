import { notFound } from 'next/navigation';
import { scenes } from '@/components/preview/scenes';
import { placesSettings, vaultSettings } from '@/lib/config/browser-keys';
import { isPreviewOn } from '@/lib/config/is-preview-on';
import { journeyContext } from '@/lib/config/journey-context';
import type { Locale } from '@/lib/i18n/routing';
import { brandView } from '@/lib/use-cases/customer/journey-view';

type Props = { params: Promise<{ locale: Locale; scene: string }>; searchParams: Promise<{ scheme?: string }> };

/** One scene of the brand's preview, as its own page would look. Its buttons do nothing. */
export default async function ScenePage({ params, searchParams }: Props) {
  const { locale, scene } = await params;
  const draw = isPreviewOn() ? scenes.get(scene) : undefined;
  if (!draw) notFound();
  const now = new Date();
  const { scheme } = await searchParams;
  return (
    <>
      {scheme ? <link rel="stylesheet" href={`/brand/theme.css?only=${scheme}`} precedence="scheme" /> : null}
      {draw({
        ...{ locale, context: journeyContext(now), brand: brandView(locale), now: now.toISOString(), stay },
        ...{ places: placesSettings(), vault: vaultSettings() },
      })}
    </>
  );
}

async function stay(): Promise<undefined> {
  'use server';
}
