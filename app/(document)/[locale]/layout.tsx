import '@/app/globals.css';
import type { Metadata } from 'next';
import { RootLayout, type RootLayoutProps } from '@/app/root-layout';

export const metadata: Metadata = { robots: { index: false, follow: false }, formatDetection: { telephone: false } };
export const dynamic = 'force-dynamic';

/** Root layout of the pages that read a document, the only ones that may use the camera and run a worker. */
export default function DocumentLayout({ children, params }: RootLayoutProps) {
  return (
    <RootLayout params={params} scripts={[]}>
      {children}
    </RootLayout>
  );
}
