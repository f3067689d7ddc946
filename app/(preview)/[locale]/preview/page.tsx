import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { StateIndex } from '@/components/preview/state-index';
import { visualStates } from '@/components/preview/visual-states';
import { getBrand } from '@/lib/config/brand/brand';
import { SCHEMES } from '@/lib/config/brand/theme';
import { isPreviewOn } from '@/lib/config/is-preview-on';
import { type Locale, routing } from '@/lib/i18n/routing';

export const metadata: Metadata = { title: 'Preview', robots: { index: false, follow: false } };

/** Sizes of the frame in pixels: a small phone, a usual one, and a desk's screen. */
const SIZES = { small: [360, 740], phone: [390, 844], desk: [1280, 800] } as const;
type Size = keyof typeof SIZES;
const isSize = (text: unknown): text is Size => typeof text === 'string' && Object.hasOwn(SIZES, text);

type Query = { state?: string | undefined; scheme?: string | undefined; size?: string | undefined };
type Props = { params: Promise<{ locale: Locale }>; searchParams: Promise<Query> };

/** Shows every page and state of the brand, one at a time. Its own texts are in English: it is for the brand's designers. */
export default async function PreviewPage({ params, searchParams }: Props) {
  const { locale } = await params;
  if (!isPreviewOn()) notFound();
  const names = [...visualStates.keys()];
  const { state, scheme, chosenSize } = readQuery(await searchParams, names);
  const size = chosenSize ?? (state.startsWith('console') ? 'desk' : 'phone');
  const getPath = (changes: Query, targetLocale: Locale = locale) =>
    buildPath(targetLocale, { state, scheme, size: chosenSize, ...changes });
  const [width, height] = SIZES[size];
  return (
    <main className="p-5">
      <h1>{`Preview of ${getBrand().name}`}</h1>
      <div className="my-2 flex flex-wrap gap-x-8">
        <Switch
          label="Language"
          options={routing.locales.map((name) => ({ name, path: getPath({}, name), isCurrent: name === locale }))}
        />
        <Switch
          label="Scheme"
          options={SCHEMES.map((name) => ({ name, path: getPath({ scheme: name }), isCurrent: name === scheme }))}
        />
        <Switch
          label="Size"
          options={Object.keys(SIZES).map((name) => ({
            name,
            path: getPath({ size: name }),
            isCurrent: name === size,
          }))}
        />
      </div>
      <div className="grid gap-6 lg:grid-cols-[18rem_minmax(0,1fr)]">
        <StateIndex
          names={names}
          current={state}
          getPath={(name) => getPath({ state: name })}
          getStatePath={(name) => `/${locale}/preview/${name}`}
        />
        <div className="overflow-x-auto">
          <iframe
            title={state}
            src={`/${locale}/preview/${state}${scheme ? `?scheme=${scheme}` : ''}`}
            width={width}
            height={height}
            className="rounded-control border border-line"
          />
        </div>
      </div>
    </main>
  );
}

/** Reads the chosen state, scheme and size. Without a known state it is the first one. */
const readQuery = (query: Query, names: readonly string[]) => ({
  state: names.find((name) => name === query.state) ?? names[0] ?? '',
  scheme: SCHEMES.find((name) => name === query.scheme),
  chosenSize: isSize(query.size) ? query.size : undefined,
});

function buildPath(locale: Locale, query: Query): string {
  const entries = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return `/${locale}/preview?${new URLSearchParams(entries)}`;
}

type SwitchProps = { label: string; options: readonly { name: string; path: string; isCurrent: boolean }[] };

const Switch = ({ label, options }: SwitchProps) => (
  <nav aria-label={label} className="flex items-center gap-4">
    <span>{`${label}:`}</span>
    {options.map(({ name, path, isCurrent }) => (
      <a
        key={name}
        href={path}
        aria-current={isCurrent || undefined}
        className="inline-flex min-h-11 items-center underline aria-[current]:font-bold"
      >
        {name}
      </a>
    ))}
  </nav>
);
