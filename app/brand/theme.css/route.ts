import { getBrand } from '@/lib/config/brand/brand';
import { renderThemeCss, SCHEMES } from '@/lib/config/brand/theme';

export const dynamic = 'force-dynamic';

/** The brand's colours. `?only=dark` is for its preview, which shows both schemes at once. */
export function GET(request: Request): Response {
  const requestedScheme = new URL(request.url).searchParams.get('only');
  return new Response(
    renderThemeCss(
      getBrand().theme,
      SCHEMES.find((scheme) => scheme === requestedScheme),
    ),
    {
      headers: { 'content-type': 'text/css; charset=utf-8', 'cache-control': 'public, max-age=300' },
    },
  );
}
