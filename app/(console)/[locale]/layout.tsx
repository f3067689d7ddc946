import '@/app/globals.css';
import type { Metadata } from 'next';
import { RootLayout, type RootLayoutProps } from '@/app/root-layout';

export const metadata: Metadata = { robots: { index: false, follow: false }, formatDetection: { telephone: false } };
export const dynamic = 'force-dynamic';

/** Root layout of the agent console. Its pages load no vendor's script and have no footer, because that speaks to customers. */
export default function ConsoleLayout({ children, params }: RootLayoutProps) {
  return (
    <RootLayout params={params} scripts={[]} hasFooter={false}>
      {children}
    </RootLayout>
  );
}
