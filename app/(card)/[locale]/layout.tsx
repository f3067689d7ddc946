import '@/app/globals.css';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { hasLocale } from 'next-intl';
import type { ReactNode } from 'react';
import { helperOf } from '@/app/(site)/[locale]/continue/helper';
import { Document } from '@/components/layout/document';
import { brand } from '@/lib/config/brand/brand';
import { vaultSettings } from '@/lib/config/browser-keys';
import { routing } from '@/lib/i18n/routing';
import { markStarted } from '@/lib/security/request-context';

export const metadata: Metadata = { robots: { index: false, follow: false }, formatDetection: { telephone: false } };
export const dynamic = 'force-dynamic';

type Props = { children: ReactNode; params: Promise<{ locale: string }> };

/**
 * Root layout of the card alone. Entering it from the rest of the site is a full page load, so that no script of any
 * other page (Google's least of all) is alive beside the card fields.
 */
export default async function CardLayout({ children, params }: Props) {
  markStarted();
  const { locale } = await params;
  if (!hasLocale(routing.locales, locale)) notFound();
  return (
    <Document locale={locale} brand={brand()} helper={await helperOf(locale)} scripts={vaultSettings()?.origins ?? []}>
      {children}
    </Document>
  );
}
