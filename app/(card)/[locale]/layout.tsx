import '@/app/globals.css';
import type { Metadata } from 'next';
import { RootLayout, type RootLayoutProps } from '@/app/root-layout';
import { getVaultSettings } from '@/lib/config/vendor-settings';

export const metadata: Metadata = { robots: { index: false, follow: false }, formatDetection: { telephone: false } };
export const dynamic = 'force-dynamic';

/** Root layout of the card page, the only one that loads the vault's script. */
export default function CardLayout({ children, params }: RootLayoutProps) {
  return (
    <RootLayout params={params} scripts={getVaultSettings()?.origins ?? []}>
      {children}
    </RootLayout>
  );
}
