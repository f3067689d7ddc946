import '@/app/globals.css';
import type { Metadata } from 'next';
import { RootLayout, type RootLayoutProps } from '@/app/root-layout';

export const metadata: Metadata = { robots: { index: false, follow: false }, formatDetection: { telephone: false } };
export const dynamic = 'force-dynamic';

/** Root layout of the customer pages that load no vendor's script. */
export default function CustomerLayout({ children, params }: RootLayoutProps) {
  return (
    <RootLayout params={params} scripts={[]}>
      {children}
    </RootLayout>
  );
}
