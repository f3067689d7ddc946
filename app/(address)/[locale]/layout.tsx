import '@/app/globals.css';
import type { Metadata } from 'next';
import { RootLayout, type RootLayoutProps } from '@/app/root-layout';
import { listScriptHosts } from '@/lib/server/page-policy';

export const metadata: Metadata = { robots: { index: false, follow: false }, formatDetection: { telephone: false } };
export const dynamic = 'force-dynamic';

/** Root layout of the address pages, the only ones that load Google's script. */
export default function AddressLayout({ children, params }: RootLayoutProps) {
  return (
    <RootLayout params={params} scripts={listScriptHosts()}>
      {children}
    </RootLayout>
  );
}
