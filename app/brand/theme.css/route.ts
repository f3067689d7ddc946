import { brand } from '@/lib/config/brand/brand';
import { SCHEMES, themeCss } from '@/lib/config/brand/theme';

export const dynamic = 'force-dynamic';

/** The brand's colours. `?only=dark` is for its preview, which shows both schemes at once. */
export function GET(request: Request): Response {
  const wanted = new URL(request.url).searchParams.get('only');
  return new Response(
    themeCss(
      brand().theme,
      SCHEMES.find((scheme) => scheme === wanted),
    ),
    {
      headers: { 'content-type': 'text/css; charset=utf-8', 'cache-control': 'public, max-age=300' },
    },
  );
}
