import { PHASE_PRODUCTION_SERVER } from 'next/constants.js';

/** What a page says beside what every answer says (`lib/server/request-pipeline.ts`); its scripts need not say it again. */
const PAGES = [
  // The origin alone: Google's keys are restricted by it, and no path of ours is anybody's business.
  { key: 'referrer-policy', value: 'strict-origin-when-cross-origin' },
  { key: 'permissions-policy', value: permissions() },
  // Nobody else's page opens, frames or embeds ours (HTML Standard; Fetch Standard; the old name for old browsers).
  { key: 'cross-origin-opener-policy', value: 'same-origin' },
  { key: 'cross-origin-resource-policy', value: 'same-origin' },
  { key: 'x-frame-options', value: 'DENY' },
];

/** Everything that a page could ask a device for is off, but for the place where somebody is when a partner asks for it. */
function permissions() {
  const off = [
    ...['accelerometer', 'autoplay', 'camera', 'display-capture', 'encrypted-media', 'fullscreen'],
    ...['gyroscope', 'hid', 'identity-credentials-get', 'idle-detection', 'local-fonts', 'magnetometer', 'microphone'],
    ...['midi', 'otp-credentials', 'payment', 'picture-in-picture', 'publickey-credentials-create'],
    ...['publickey-credentials-get', 'screen-wake-lock', 'serial', 'storage-access', 'usb'],
    ...['xr-spatial-tracking', 'browsing-topics'],
  ];
  return [...off.map((name) => `${name}=()`), 'geolocation=(self)'].join(', ');
}

/** @type {import('next').NextConfig} */
const config = {
  poweredByHeader: false,
  reactStrictMode: true,
  // The image optimiser has had remote code execution twice in 2026; nothing here needs it.
  images: { unoptimized: true },
  serverExternalPackages: [
    '@electric-sql/pglite',
    'libphonenumber-js',
    'pg',
    'pino',
    'prom-client',
    'rate-limiter-flexible',
    'undici',
  ],
  outputFileTracingIncludes: { '/**': ['./lib/store/migrations/**'] },
  experimental: { serverActions: { bodySizeLimit: '64kb' }, sri: { algorithm: 'sha256' } },
  headers: async () => [
    { source: '/((?!_next/static/).*)', headers: PAGES },
    { source: '/icon.svg', headers: [{ key: 'content-type', value: 'image/svg+xml; charset=utf-8' }] },
  ],
  // `npm run verify` checks types and lint, once, for the whole repository.
  typescript: { ignoreBuildErrors: true },
};

/**
 * What only serves needs no compiler. The plugin loads one, as the framework would for this file in TypeScript: 40 MB of
 * memory, and a native module that unpacks itself into the home folder, which the image keeps read-only.
 *
 * @param {string} phase
 */
export default async function configFor(phase) {
  if (phase === PHASE_PRODUCTION_SERVER) return config;
  const { default: createNextIntlPlugin } = await import('next-intl/plugin');
  return createNextIntlPlugin('./lib/config/translations/request.ts')(config);
}
