import { getBrandMessages } from '../config/translations/get-brand-messages.ts';
import { STAMP_FIELD } from '../domain/form-stamp.ts';
import { type Html, html } from '../http/html.ts';
import type { Locale } from '../i18n/routing.ts';

type Props = {
  locale: Locale;
  /** Where the token is posted to. */
  action: '/partner' | '/continue';
  token: string;
  /** It comes back with the token and tells whether the browser keeps cookies. */
  stamp: string;
  brandName: string;
  /** The page's policy: its script runs by the nonce in there. */
  policy: string | null;
};

/** A token is in the fragment, which no server, log or referrer sees, or came with a post from the partner's page. */
const SCRIPT = html`const f=document.forms[0];if(location.hash.length>1){f.token.value=location.hash.slice(1);history.replaceState(null,'',location.pathname)}f.token.value?f.submit():location.replace('/')`;

/**
 * A page for a moment, that posts a token again from our own origin. That request carries the customer's cookie
 * (a post from elsewhere does not: SameSite, RFC 6265bis), so the one place that takes tokens knows whose journey it is.
 * Without script its button does the same.
 */
export function renderTokenRelayPage({ locale, action: target, token, stamp, brandName, policy }: Props): Response {
  const { title, action } = getBrandMessages(locale).partner.carrier;
  const body = html`<h1>${title}</h1><form method="post" action="${target}"><input type="hidden" name="token" value="${token}" autocomplete="off"><input type="hidden" name="${STAMP_FIELD}" value="${stamp}"><button>${action}</button></form>`;
  return renderStandalonePage({ locale, brandName, policy, body, script: SCRIPT });
}

type StandalonePage = Pick<Props, 'locale' | 'brandName' | 'policy'> & { body: Html; script?: Html };

/** A page outside of the framework: one small document in the brand's colours. */
export function renderStandalonePage({ locale, brandName, policy, body, script }: StandalonePage): Response {
  const nonce = /'nonce-([^']+)'/.exec(policy ?? '')?.[1] ?? '';
  const page = html`<!doctype html><html lang="${locale}"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="robots" content="noindex"><title>${brandName}</title><link rel="icon" href="/icon.svg"><link rel="stylesheet" href="/brand/theme.css"><style nonce="${nonce}">body{font:1.0625rem/1.6 system-ui,sans-serif;background:var(--page);color:var(--ink);max-width:32rem;margin:20vh auto;padding:0 1.25rem}form{margin-top:1rem}button{font:inherit;font-weight:600;width:100%;min-height:3.25rem;border:0;border-radius:.75rem;background:var(--accent);color:var(--on-accent);cursor:pointer}button.other{border:1px solid var(--control);background:var(--surface);color:var(--ink)}</style><main>${body}</main>${script ? html`<script nonce="${nonce}">${script}</script>` : ''}</html>`;
  return new Response(page.markup, { headers: { 'content-type': 'text/html; charset=utf-8' } });
}
