import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import type { Brand } from '@/lib/config/brand/read-brand';
import type { Locale } from '@/lib/i18n/routing';
import { BrandFooter } from './brand-footer';
import { LanguageSwitch } from './language-switch';
import { RestoreInputState } from './restore-input-state';

type Props = {
  locale: Locale;
  brand: Brand;
  /** The bar of a journey whose progress an agent sees. */
  agentSessionBar?: ReactNode;
  /** Origins of the vendors' scripts that the page may load (`lib/inline-script`). */
  scripts: readonly string[];
  /** The footer speaks to customers. */
  hasFooter: boolean;
  children: ReactNode;
};

/** The document of every page. The root layouts differ in the scripts that they allow. */
export async function Document({ locale, brand, agentSessionBar, scripts, hasFooter, children }: Props) {
  const { name, theme, logo, contact, legal } = brand;
  const t = await getTranslations({ locale, namespace: 'site' });
  return (
    <html lang={locale} data-scripts={scripts.join(' ')}>
      <body className="flex min-h-dvh flex-col">
        <meta name="theme-color" media="(prefers-color-scheme: light)" content={theme.light.page} />
        <meta name="theme-color" media="(prefers-color-scheme: dark)" content={theme.dark.page} />
        <link rel="stylesheet" href="/brand/theme.css" precedence="theme" />
        <link rel="icon" href="/icon.svg" type="image/svg+xml" />
        <a
          href="#main"
          className="sr-only focus:not-sr-only focus:absolute focus:top-2 focus:left-2 focus:bg-surface focus:p-3"
        >
          {t('skip')}
        </a>
        <header className="border-b border-line bg-surface">
          <div className="mx-auto flex max-w-xl items-center justify-between gap-x-4 px-5 sm:max-w-2xl">
            <span className="flex min-h-12 items-center gap-2.5 text-lg leading-tight font-bold tracking-tight">
              {/* biome-ignore lint/performance/noImgElement: the image optimiser is off (next.config.ts) */}
              {logo ? <img src="/brand/logo" alt="" width={32} height={32} className="size-8" /> : null}
              <span>{name}</span>
            </span>
            <LanguageSwitch
              language={t('language')}
              label={t('languageLabel')}
              targetLocale={locale === 'es' ? 'en' : 'es'}
            />
          </div>
        </header>
        {agentSessionBar}
        <main id="main" tabIndex={-1} className="mx-auto w-full max-w-2xl px-5 pt-4 outline-none sm:py-4">
          <div className="panel">{children}</div>
        </main>
        {hasFooter ? (
          <footer className="mx-auto mt-auto flex w-full max-w-2xl flex-wrap items-center gap-x-3 px-5 pt-1 pb-2 text-[0.8125rem] text-quiet sm:gap-x-4 sm:pb-6">
            <p className="flex items-center gap-1.5">
              <LockIcon />
              <span>{t('safe')}</span>
            </p>
            <BrandFooter contact={contact} legal={legal} locale={locale} />
          </footer>
        ) : null}
        <RestoreInputState />
      </body>
    </html>
  );
}

function LockIcon() {
  return (
    <svg aria-hidden="true" viewBox="0 0 20 20" className="size-3.5 shrink-0 fill-current">
      <path d="M5 8V6a5 5 0 0 1 10 0v2h1a1 1 0 0 1 1 1v8a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V9a1 1 0 0 1 1-1h1Zm2 0h6V6a3 3 0 0 0-6 0v2Z" />
    </svg>
  );
}
