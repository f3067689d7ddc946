import { readDraftToken, writeDraftToken } from '@/lib/auth/draft-cookie';
import { checkCookie } from '@/lib/auth/short-cookies';
import { brand } from '@/lib/config/brand/brand';
import { env } from '@/lib/config/env';
import { journeyContext } from '@/lib/config/journey-context';
import { messagesOf } from '@/lib/config/translations/get-messages';
import { NONE, STAMP, writeStamp } from '@/lib/domain/form-stamp';
import { html } from '@/lib/http/html';
import { isOurs } from '@/lib/http/request-gate';
import { seeOther } from '@/lib/http/see-other';
import { type JourneyPage, pagePath } from '@/lib/i18n/paths';
import { type Locale, preferredLocale } from '@/lib/i18n/routing';
import { log } from '@/lib/observability/logger';
import { carrierPage, plainPage } from '@/lib/partner-link/carrier-page';
import { linkKeys } from '@/lib/partner-link/keys';
import { MAX_LINK_LENGTH, openLink } from '@/lib/partner-link/open-link';
import { store } from '@/lib/store/store';
import { checkForm, countCookies, findStamp, markToken } from '@/lib/use-cases/customer/form-check';
import { startFromLink } from '@/lib/use-cases/customer/start-from-partner-link';

/** The field that says that the customer was asked. */
const REPLACE = 'replace';

/** The query of a post that was given a cookie to bring along. */
const CHECKED = 'checked';

/** Has the browser post the same form once more, with a cookie (307 keeps method and body; RFC 9110, section 15.4.8). */
async function postAgain(): Promise<Response> {
  await checkCookie.write('1');
  return new Response(null, { status: 307, headers: { location: `/partner?${CHECKED}` } });
}

/** The only page that may be posted from elsewhere. All that such a post does is to be posted again from here. */
export function GET(request: Request): Response {
  return carrier(request, '');
}

export async function POST(request: Request): Promise<Response> {
  const locale = preferredLocale(request.headers.get('accept-language'));
  const form = await readForm(request);
  const token = String(form.get('token') ?? '');
  if (!isOurs(request, env().APP_ORIGIN)) return carrier(request, token);

  // The link works once: a browser that keeps no cookies must not use it up.
  if (findStamp(form) && (await countCookies()) === 0) {
    const isSecond = new URL(request.url).searchParams.has(CHECKED);
    return isSecond ? seeOther(`/${locale}/cookies`) : postAgain();
  }
  if ((await checkCookie.read()) !== undefined) await checkCookie.drop();
  const keys = linkKeys();
  const now = new Date();
  const opened = keys ? await openLink(token, keys, env().APP_ORIGIN, now) : { refused: 'no keys' };
  if ('refused' in opened) return refuse(locale, opened.refused);
  const { link } = opened;
  const { drafts, ledger, usedLinks } = await store();
  const tools = { drafts, ledger, usedLinks, context: journeyContext(now), now };
  const own = await readDraftToken();
  // A yes to the replacement of another draft than the present one is none.
  const isConfirmed = form.get(REPLACE) === 'yes' && (await checkForm(form)) === 'current';
  const started = await startFromLink(tools, { token: own, link, isConfirmed });
  if (started.kind === 'used') return refuse(link.lang ?? locale, 'used before');
  if (started.kind === 'asks') return ask(request, link.lang ?? locale, token, started.next);
  await writeDraftToken(started.token);
  log({ event: 'partner-link.opened', next: started.next });
  return seeOther(pagePath(link.lang ?? locale, started.next));
}

/** A form that is no longer than a link can be. */
async function readForm(request: Request): Promise<FormData> {
  const isForm = /^application\/x-www-form-urlencoded\b/i.test(request.headers.get('content-type') ?? '');
  const length = Number(request.headers.get('content-length') ?? Number.NaN);
  // A token needs no escapes; the fields' names and little else come on top.
  if (!isForm || !(length <= MAX_LINK_LENGTH + 200)) return new FormData();
  return request.formData();
}

/** Asks whether the application that was begun on this device is to be replaced. The token stays out of every address. */
async function ask(request: Request, locale: Locale, token: string, next: JourneyPage): Promise<Response> {
  const { title, text, lost, keep, start } = messagesOf(locale).partner.replace;
  const stamp = writeStamp(markToken(await readDraftToken()));
  const body = html`<h1>${title}</h1><p>${text.replace('{brand}', brand().name)}</p><form action="${pagePath(locale, next)}"><button>${keep}</button></form><p>${lost}</p><form method="post" action="/partner"><input type="hidden" name="token" value="${token}" autocomplete="off"><input type="hidden" name="${REPLACE}" value="yes"><input type="hidden" name="${STAMP}" value="${stamp}"><button class="other">${start}</button></form>`;
  const policy = request.headers.get('content-security-policy');
  return plainPage({ locale, brandName: brand().name, policy, body });
}

function carrier(request: Request, token: string): Response {
  const locale = preferredLocale(request.headers.get('accept-language'));
  return carrierPage({
    ...({ locale, token, action: '/partner' } as const),
    stamp: writeStamp(NONE),
    brandName: brand().name,
    policy: request.headers.get('content-security-policy'),
  });
}

function refuse(locale: Locale, cause: string): Response {
  log({ event: 'partner-link.refused', cause });
  return seeOther(`/${locale}/link-refused`);
}
