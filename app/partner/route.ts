import { brand } from '@/lib/config/brand/brand';
import { env } from '@/lib/config/env';
import { journeyContext } from '@/lib/config/journey-context';
import { pagePath } from '@/lib/i18n/paths';
import { type Locale, preferredLocale } from '@/lib/i18n/routing';
import { log } from '@/lib/observability/logger';
import { startFromLink } from '@/lib/onboarding/start-from-link';
import { carrierPage } from '@/lib/partner-link/carrier-page';
import { linkKeys } from '@/lib/partner-link/keys';
import { MAX_LINK_LENGTH, openLink } from '@/lib/partner-link/open-link';
import { isOurs } from '@/lib/security/request-gate';
import { seeOther } from '@/lib/security/see-other';
import { readDraftToken, writeDraftToken } from '@/lib/session/draft-cookie';
import { store } from '@/lib/store/store';

/** The only page that may be posted from elsewhere. All that such a post does is to be posted again from here. */
export function GET(request: Request): Response {
  return carrier(request, '');
}

export async function POST(request: Request): Promise<Response> {
  const locale = preferredLocale(request.headers.get('accept-language'));
  const token = await readToken(request);
  if (!isOurs(request, env().APP_ORIGIN)) return carrier(request, token);

  const keys = linkKeys();
  const now = new Date();
  const opened = keys ? await openLink(token, keys, env().APP_ORIGIN, now) : { refused: 'no keys' };
  if ('refused' in opened) return refuse(locale, opened.refused);
  const { link } = opened;
  const { drafts, ledger, usedLinks } = await store();
  const tools = { drafts, ledger, usedLinks, context: journeyContext(now), now };
  const started = await startFromLink(tools, { token: await readDraftToken(), link });
  if (started.kind === 'used') return refuse(link.lang ?? locale, 'used before');
  await writeDraftToken(started.token);
  log({ event: 'partner-link.opened', next: started.next });
  return seeOther(pagePath(link.lang ?? locale, started.next));
}

/** The token of a form that is no longer than a link can be. */
async function readToken(request: Request): Promise<string> {
  const isForm = /^application\/x-www-form-urlencoded\b/i.test(request.headers.get('content-type') ?? '');
  const length = Number(request.headers.get('content-length') ?? Number.NaN);
  // A token needs no escapes; the field's name and little else come on top.
  if (!isForm || !(length <= MAX_LINK_LENGTH + 100)) return '';
  return new URLSearchParams(await request.text()).get('token') ?? '';
}

function carrier(request: Request, token: string): Response {
  const locale = preferredLocale(request.headers.get('accept-language'));
  return carrierPage({
    ...({ locale, token, action: '/partner' } as const),
    brandName: brand().name,
    policy: request.headers.get('content-security-policy'),
  });
}

function refuse(locale: Locale, cause: string): Response {
  log({ event: 'partner-link.refused', cause });
  return seeOther(`/${locale}/link-refused`);
}
