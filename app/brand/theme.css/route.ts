import { getBrand } from '@/lib/config/brand/brand';
import { renderThemeCss, SCHEMES } from '@/lib/config/brand/theme';

export const dynamic = 'force-dynamic';

/** Returns the brand's colors. The brand's preview asks with `?only=dark`, because it shows both schemes at once. */
export function GET(request: Request): Response {
  const requestedScheme = new URL(request.url).searchParams.get('only');
  const onlyScheme = SCHEMES.find((scheme) => scheme === requestedScheme);
  return new Response(renderThemeCss(getBrand().theme, onlyScheme), {
    headers: { 'content-type': 'text/css; charset=utf-8', 'cache-control': 'public, max-age=300' },
  });
}
