import { brand } from '@/lib/config/brand/brand';
import { themeCss } from '@/lib/config/brand/theme';

export const dynamic = 'force-dynamic';

/** The brand's colours, as the style sheet that every page loads before its own. */
export function GET(): Response {
  const headers = { 'content-type': 'text/css; charset=utf-8', 'cache-control': 'public, max-age=300' };
  return new Response(themeCss(brand().theme), { headers });
}
