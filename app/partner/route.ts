import { readDraftToken, writeDraftToken } from '@/lib/auth/draft-cookie';
import { checkCookie } from '@/lib/auth/short-cookies';
import { getBrand } from '@/lib/config/brand/brand';
import { getEnv } from '@/lib/config/env';
import { getJourneyContext } from '@/lib/config/journey-context';
import { getBrandMessages } from '@/lib/config/translations/get-brand-messages';
import { NO_MARK, STAMP_FIELD, writeStamp } from '@/lib/domain/form-stamp';
import { html } from '@/lib/http/html';
import { isSameOrigin } from '@/lib/http/request-validation';
import { createSeeOtherResponse } from '@/lib/http/see-other';
import { getPagePath, type JourneyPage } from '@/lib/i18n/paths';
import { getPreferredLocale, type Locale } from '@/lib/i18n/routing';
import { log } from '@/lib/observability/logger';
import { getLinkKeys } from '@/lib/partner-link/keys';
import { MAX_LINK_LENGTH, openLink } from '@/lib/partner-link/open-link';
import { renderStandalonePage, renderTokenRelayPage } from '@/lib/partner-link/token-relay-page';
import { getStore } from '@/lib/store/store';
import { checkForm, countCookies, createTokenMark, findStamp } from '@/lib/use-cases/customer/form-check';
import { startFromLink } from '@/lib/use-cases/customer/start-from-partner-link';

/** The field that says that the customer was asked. */
const REPLACE_FIELD = 'replace';

/** The query of a post that was given a cookie to bring along. */
const CHECKED_PARAM = 'checked';

/** Has the browser post the same form once more, with a cookie (307 keeps method and body; RFC 9110, section 15.4.8). */
async function postAgain(): Promise<Response> {
  await checkCookie.write('1');
  return new Response(null, { status: 307, headers: { location: `/partner?${CHECKED_PARAM}` } });
}

/** The only page that may be posted from elsewhere. All that such a post does is to be posted again from here. */
export function GET(request: Request): Response {
  return renderLinkRelayPage(request, '');
}

export async function POST(request: Request): Promise<Response> {
  const locale = getPreferredLocale(request.headers.get('accept-language'));
  const form = await readForm(request);
  const token = String(form.get('token') ?? '');
  if (!isSameOrigin(request, getEnv().APP_ORIGIN)) return renderLinkRelayPage(request, token);

  // The link works once: a browser that keeps no cookies must not use it up.
  if (findStamp(form) && (await countCookies()) === 0) {
    const isSecond = new URL(request.url).searchParams.has(CHECKED_PARAM);
    return isSecond ? createSeeOtherResponse(`/${locale}/cookies`) : postAgain();
  }
  if ((await checkCookie.read()) !== undefined) await checkCookie.remove();
  const keys = getLinkKeys();
  const now = new Date();
  const openResult = keys ? await openLink(token, keys, getEnv().APP_ORIGIN, now) : { refused: 'no keys' };
  if ('refused' in openResult) return rejectLink(locale, openResult.refused);
  const { link } = openResult;
  const { drafts, ledger, usedLinks } = await getStore();
  const tools = { drafts, ledger, usedLinks, context: getJourneyContext(now), now };
  const draftToken = await readDraftToken();
  // A yes to the replacement of another draft than the present one is none.
  const isConfirmed = form.get(REPLACE_FIELD) === 'yes' && (await checkForm(form)) === 'current';
  const startResult = await startFromLink(tools, { token: draftToken, link, isConfirmed });
  if (startResult.kind === 'used') return rejectLink(link.lang ?? locale, 'used before');
  if (startResult.kind === 'asks') return renderReplacePrompt(request, link.lang ?? locale, token, startResult.next);
  await writeDraftToken(startResult.token);
  log({ event: 'partner-link.opened', next: startResult.next });
  return createSeeOtherResponse(getPagePath(link.lang ?? locale, startResult.next));
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
async function renderReplacePrompt(
  request: Request,
  locale: Locale,
  token: string,
  next: JourneyPage,
): Promise<Response> {
  const {
    title,
    text,
    lost: lossNotice,
    keep: keepLabel,
    start: startLabel,
  } = getBrandMessages(locale).partner.replace;
  const stamp = writeStamp(createTokenMark(await readDraftToken()));
  const body = html`<h1>${title}</h1><p>${text.replace('{brand}', getBrand().name)}</p><form action="${getPagePath(locale, next)}"><button>${keepLabel}</button></form><p>${lossNotice}</p><form method="post" action="/partner"><input type="hidden" name="token" value="${token}" autocomplete="off"><input type="hidden" name="${REPLACE_FIELD}" value="yes"><input type="hidden" name="${STAMP_FIELD}" value="${stamp}"><button class="other">${startLabel}</button></form>`;
  const policy = request.headers.get('content-security-policy');
  return renderStandalonePage({ locale, brandName: getBrand().name, policy, body });
}

function renderLinkRelayPage(request: Request, token: string): Response {
  const locale = getPreferredLocale(request.headers.get('accept-language'));
  return renderTokenRelayPage({
    ...({ locale, token, action: '/partner' } as const),
    stamp: writeStamp(NO_MARK),
    brandName: getBrand().name,
    policy: request.headers.get('content-security-policy'),
  });
}

function rejectLink(locale: Locale, cause: string): Response {
  log({ event: 'partner-link.refused', cause });
  return createSeeOtherResponse(`/${locale}/link-refused`);
}
