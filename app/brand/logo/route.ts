import { getBrand } from '@/lib/config/brand/brand';

export const dynamic = 'force-dynamic';

/** Returns the brand's logo. The policy stops scripts in an SVG that is opened by itself. */
export function GET(): Response {
  const { logo } = getBrand();
  if (!logo) return new Response(null, { status: 404 });
  return new Response(new Uint8Array(logo.bytes), {
    headers: {
      'content-type': logo.type,
      'cache-control': 'public, max-age=300',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
    },
  });
}
