import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { scenes } from '@/components/preview/scenes';
import { brand } from '@/lib/config/brand/brand';
import { SCHEMES } from '@/lib/config/brand/theme';
import { isPreviewOn } from '@/lib/config/is-preview-on';
import { type Locale, routing } from '@/lib/i18n/routing';

export const metadata: Metadata = { title: 'Preview', robots: { index: false, follow: false } };

type Props = { params: Promise<{ locale: Locale }> };

/** Every page and state of the brand at once, light and dark. For whoever makes the brand, so its own words are English. */
export default async function PreviewPage({ params }: Props) {
  const { locale } = await params;
  if (!isPreviewOn()) notFound();
  return (
    <main className="p-6">
      <h1>{`Preview of ${brand().name}`}</h1>
      <p className="my-4 flex gap-4">
        {routing.locales.map((other) => (
          <a key={other} href={`/${other}/preview`} className="underline" aria-current={other === locale || undefined}>
            {new Intl.DisplayNames('en', { type: 'language' }).of(other)}
          </a>
        ))}
      </p>
      <ul className="flex flex-wrap gap-6">
        {[...scenes.keys()].map((scene) => (
          <li key={scene}>
            <h2 className="mb-2 font-semibold">
              <a href={`/${locale}/preview/${scene}`} className="underline">
                {scene}
              </a>
            </h2>
            <div className="flex gap-2">
              {SCHEMES.map((scheme) => (
                <iframe
                  key={scheme}
                  title={`${scene}, ${scheme}`}
                  src={`/${locale}/preview/${scene}?scheme=${scheme}`}
                  width={390}
                  height={844}
                  loading="lazy"
                  // A scene takes the focus as its page does, and all of them at once would fight for it.
                  inert
                  className="rounded-control border border-line"
                />
              ))}
            </div>
          </li>
        ))}
      </ul>
    </main>
  );
}
