import { getBrandMessages } from '../config/translations/get-brand-messages.ts';
import { NO_MARK, STAMP_FIELD, writeStamp } from '../domain/form-stamp.ts';
import { html } from '../http/html.ts';
import { renderStandalonePage } from '../http/standalone-page.ts';
import { getPreferredLocale, type Locale } from '../i18n/routing.ts';

type TokenRelay = {
  /** The path that takes the token. */
  target: '/partner' | '/continue' | '/resume';
  /** Empty when the token is in the fragment, which no server, log or referrer sees. */
  token: string;
  /** The language that the partner's page asks for. */
  lang?: Locale | undefined;
};

/** Posts the token from the fragment or from the field. Without one, follows the page's link. */
const SCRIPT = html`const f=document.forms[0];if(location.hash.length>1){f.token.value=location.hash.slice(1);history.replaceState(null,'',location.pathname)}f.token.value?f.submit():location.replace(document.links[0].href)`;

/**
 * Renders a page that posts a token again from our own origin. That request carries the customer's cookie, which a cross-site post
 * does not (SameSite, RFC 6265bis). Without script the page's button posts. The stamp shows that the form came from this page.
 */
export function renderTokenRelayPage(request: Request, { target, token, lang }: TokenRelay): Response {
  const locale = lang ?? getPreferredLocale(request.headers.get('accept-language'));
  const { title, action, typeCode, start } = getBrandMessages(locale).partner.carrier;
  const stamp = writeStamp(NO_MARK);
  // A customer who types the address of a hand-over has no token, but a code (docs/agent-console.md).
  const [path, label] = target === '/continue' ? [`/${locale}/continue`, typeCode] : [`/${locale}`, start];
  const body = html`<h1>${title}</h1><form method="post" action="${target}${lang ? `?lang=${lang}` : ''}"><input type="hidden" name="token" value="${token}" autocomplete="off"><input type="hidden" name="${STAMP_FIELD}" value="${stamp}"><button>${action}</button></form><p><a href="${path}">${label}</a></p>`;
  return renderStandalonePage(request, { locale, body, script: SCRIPT });
}
