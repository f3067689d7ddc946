import { notFound } from 'next/navigation';
import { hasLocale } from 'next-intl';
import type { ReactNode } from 'react';
import { renderAgentSessionBar } from '@/app/(customer)/[locale]/continue/render-agent-session-bar';
import { ClientMessages } from '@/components/i18n/client-messages';
import { Document } from '@/components/layout/document';
import { getBrand } from '@/lib/config/brand/brand';
import { setRequestStarted } from '@/lib/http/request-context';
import { routing } from '@/lib/i18n/routing';

export type RootLayoutProps = { children: ReactNode; params: Promise<{ locale: string }> };

type Props = RootLayoutProps & { scripts: readonly string[]; hasFooter?: boolean };

/**
 * Renders the document of a root layout. Between pages of two root layouts the browser loads a whole document (Next.js, "Multiple
 * root layouts"), so each page has its own content security policy and only its own vendor's script.
 *
 * @param scripts vendors' origins whose scripts the page may load
 * @param hasFooter whether the pages show the footer for customers
 */
export async function RootLayout({ children, params, scripts, hasFooter = true }: Props) {
  setRequestStarted();
  const { locale } = await params;
  if (!hasLocale(routing.locales, locale)) notFound();
  return (
    <Document
      locale={locale}
      brand={getBrand()}
      agentSessionBar={await renderAgentSessionBar(locale)}
      scripts={scripts}
      hasFooter={hasFooter}
    >
      <ClientMessages only={['fault', 'updated']}>{children}</ClientMessages>
    </Document>
  );
}
