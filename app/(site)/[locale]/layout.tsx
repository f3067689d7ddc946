import '@/app/globals.css';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { hasLocale } from 'next-intl';
import type { ReactNode } from 'react';
import { helperOf } from '@/app/(site)/[locale]/continue/helper';
import { Document } from '@/components/layout/document';
import { ClientWords } from '@/components/words/client-words';
import { brand } from '@/lib/config/brand/brand';
import { routing } from '@/lib/i18n/routing';
import { scriptHosts } from '@/lib/security/page-policy';
import { markStarted } from '@/lib/security/request-context';

export const metadata: Metadata = { robots: { index: false, follow: false }, formatDetection: { telephone: false } };
export const dynamic = 'force-dynamic';

type Props = { children: ReactNode; params: Promise<{ locale: string }> };

/** Root layout of everything but the card. */
export default async function SiteLayout({ children, params }: Props) {
  markStarted();
  const { locale } = await params;
  if (!hasLocale(routing.locales, locale)) notFound();
  return (
    <Document locale={locale} brand={brand()} helper={await helperOf(locale)} scripts={scriptHosts()}>
      <ClientWords only={['fault']}>{children}</ClientWords>
    </Document>
  );
}
