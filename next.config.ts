import type { NextConfig } from 'next';
import createNextIntlPlugin from 'next-intl/plugin';

const withMessages = createNextIntlPlugin('./lib/i18n/request.ts');

const EVERYWHERE = [{ key: 'x-content-type-options', value: 'nosniff' }];
/** What a page says and its scripts need not say again: on a dozen files that is as much as a small script. */
const PAGES = [
  { key: 'strict-transport-security', value: 'max-age=63072000; includeSubDomains' },
  // The origin alone: Google's keys are restricted by it, and no path of ours is anybody's business.
  { key: 'referrer-policy', value: 'strict-origin-when-cross-origin' },
  { key: 'permissions-policy', value: 'camera=(), microphone=(), payment=(), usb=(), geolocation=(self)' },
];

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  // The image optimiser has had remote code execution twice in 2026; nothing here needs it.
  images: { unoptimized: true },
  serverExternalPackages: ['@electric-sql/pglite', 'pg', 'pino', 'rate-limiter-flexible', 'undici'],
  outputFileTracingIncludes: { '/**': ['./lib/store/migrations/**'] },
  experimental: { serverActions: { bodySizeLimit: '64kb' } },
  headers: async () => [
    { source: '/:path*', headers: EVERYWHERE },
    { source: '/((?!_next/static/).*)', headers: PAGES },
  ],
  // `npm run verify` checks types and lint, once, for the whole repository.
  typescript: { ignoreBuildErrors: true },
};

export default withMessages(config);
