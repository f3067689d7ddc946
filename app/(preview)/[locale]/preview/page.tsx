import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { visualStates } from '@/components/preview/visual-states';
import { getBrand } from '@/lib/config/brand/brand';
import { SCHEMES } from '@/lib/config/brand/theme';
import { isPreviewOn } from '@/lib/config/is-preview-on';
import { type Locale, routing } from '@/lib/i18n/routing';

export const metadata: Metadata = { title: 'Preview', robots: { index: false, follow: false } };

type Props = { params: Promise<{ locale: Locale }> };

/** Shows every page and state of the brand, light and dark. Its own texts are in English: it is for the brand's designers. */
export default async function PreviewPage({ params }: Props) {
  const { locale } = await params;
  if (!isPreviewOn()) notFound();
  return (
    <main className="p-6">
      <h1>{`Preview of ${getBrand().name}`}</h1>
      <p className="my-4 flex gap-4">
        {routing.locales.map((targetLocale) => (
          <a
            key={targetLocale}
            href={`/${targetLocale}/preview`}
            className="underline"
            aria-current={targetLocale === locale || undefined}
          >
            {new Intl.DisplayNames('en', { type: 'language' }).of(targetLocale)}
          </a>
        ))}
      </p>
      <ul className="flex flex-wrap gap-6">
        {[...visualStates.keys()].map((stateName) => (
          <li key={stateName}>
            <h2 className="mb-2 font-semibold">
              <a href={`/${locale}/preview/${stateName}`} className="underline">
                {stateName}
              </a>
            </h2>
            <div className="flex gap-2">
              {SCHEMES.map((scheme) => (
                <iframe
                  key={scheme}
                  title={`${stateName}, ${scheme}`}
                  src={`/${locale}/preview/${stateName}?scheme=${scheme}`}
                  width={390}
                  height={844}
                  loading="lazy"
                  // Each state moves the focus to itself as its page does.
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
