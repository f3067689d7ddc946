import type { NextConfig } from 'next';
import { PHASE_PRODUCTION_SERVER } from 'next/constants.js';

/** Features of a device that no page uses. Their permission is refused (W3C Permissions Policy). */
const REFUSED_FEATURES = [
  'accelerometer',
  'autoplay',
  'camera',
  'digital-credentials-get',
  'display-capture',
  'encrypted-media',
  'fullscreen',
  'gyroscope',
  'hid',
  'identity-credentials-get',
  'idle-detection',
  'local-fonts',
  'magnetometer',
  'microphone',
  'midi',
  'otp-credentials',
  'payment',
  'picture-in-picture',
  'publickey-credentials-create',
  'publickey-credentials-get',
  'screen-wake-lock',
  'serial',
  'storage-access',
  'usb',
  'xr-spatial-tracking',
  'browsing-topics',
];

/** The location stays available to our pages: a partner can ask for it on the review page. */
const PERMISSIONS_POLICY = [...REFUSED_FEATURES.map((name) => `${name}=()`), 'geolocation=(self)'].join(', ');

/** The pages that read a document may use the camera; the customer's may ask a wallet. */
const ALLOWED_FEATURES = {
  '/:locale/onboarding/document': ['camera', 'digital-credentials-get'],
  '/:locale/assist/cases/:case/document': ['camera'],
};

const allowFeatures = (names: readonly string[]): string =>
  names.reduce((policy, name) => policy.replace(`${name}=()`, `${name}=(self)`), PERMISSIONS_POLICY);

/** Headers of pages. `lib/server/request-pipeline.ts` sets the headers that every response has. */
const PAGE_HEADERS = [
  // Google restricts its browser key by origin, so the origin must be sent; paths must not.
  { key: 'referrer-policy', value: 'strict-origin-when-cross-origin' },
  { key: 'permissions-policy', value: PERMISSIONS_POLICY },
  // No page of another site may open or embed ours (HTML and Fetch Standards).
  { key: 'cross-origin-opener-policy', value: 'same-origin' },
  { key: 'cross-origin-resource-policy', value: 'same-origin' },
];
/** For browsers without `frame-ancestors`. The header has no list of origins, so pages in a partner's frame do not send it. */
const FRAME_HEADER = { key: 'x-frame-options', value: 'DENY' };

/** Partners' pages load this file, with `integrity` if they like. It never changes: a new version has a new name. */
const EMBED_HEADERS = [
  { key: 'cache-control', value: 'public, max-age=31536000, immutable' },
  { key: 'access-control-allow-origin', value: '*' },
  { key: 'cross-origin-resource-policy', value: 'cross-origin' },
];

/**
 * A worker has a policy of its own (HTML Standard, 10.2.6.3): it may compile the decoder's WebAssembly and load our files. Without this
 * Cross-Origin-Embedder-Policy a page that has one may not start it (HTML Standard, 7.1.4).
 */
const WORKER_HEADERS = [
  {
    key: 'content-security-policy',
    value: "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'",
  },
  { key: 'cross-origin-embedder-policy', value: 'credentialless' },
];

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  // The image optimizer had two remote code executions in 2026, and the app needs no optimized images.
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
    { source: '/((?!_next/static/).*)', headers: PAGE_HEADERS },
    // Of two headers with the same name, Next.js sends the later one.
    ...Object.entries(ALLOWED_FEATURES).map(([source, names]) => ({
      source,
      headers: [{ key: 'permissions-policy', value: allowFeatures(names) }],
    })),
    // `lib/server/framed-request.ts` sets `x-framed`.
    { source: '/((?!_next/static/).*)', missing: [{ type: 'header', key: 'x-framed' }], headers: [FRAME_HEADER] },
    { source: '/_next/static/chunks/code-reader-worker:rest(.*)', headers: WORKER_HEADERS },
    { source: '/embed/v1.js', headers: EMBED_HEADERS },
    // Next.js takes the file for a video.
    { source: '/embed/v1.d.ts', headers: [{ key: 'content-type', value: 'text/plain; charset=utf-8' }] },
    { source: '/icon.svg', headers: [{ key: 'content-type', value: 'image/svg+xml; charset=utf-8' }] },
  ],
  // `npm run verify` checks types for the whole repository.
  typescript: { ignoreBuildErrors: true },
};

/**
 * Returns the configuration of a phase. The production server needs no compiler: the plugin would load one (40 MB of memory, and a native
 * module that unpacks itself into the home folder, which the image keeps read-only).
 */
export default async function getConfig(phase: string): Promise<NextConfig> {
  if (phase === PHASE_PRODUCTION_SERVER) return config;
  const { default: createNextIntlPlugin } = await import('next-intl/plugin');
  return createNextIntlPlugin('./lib/config/translations/request.ts')(config);
}
