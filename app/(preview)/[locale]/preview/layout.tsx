import '@/app/globals.css';
import { notFound } from 'next/navigation';
import { hasLocale } from 'next-intl';
import type { ReactNode } from 'react';
import { setRequestStarted } from '@/lib/http/request-context';
import { routing } from '@/lib/i18n/routing';

export const dynamic = 'force-dynamic';

type Props = { children: ReactNode; params: Promise<{ locale: string }> };

/** Root layout of the brand's preview: as wide as the screen. */
export default async function PreviewLayout({ children, params }: Props) {
  setRequestStarted();
  const { locale } = await params;
  if (!hasLocale(routing.locales, locale)) notFound();
  return (
    <html lang="en">
      <body>
        <link rel="stylesheet" href="/brand/theme.css" precedence="theme" />
        <link rel="icon" href="/icon.svg" type="image/svg+xml" />
        {children}
      </body>
    </html>
  );
}
