import { getBrandMessages } from '../config/translations/get-brand-messages.ts';
import { type Html, html } from '../http/html.ts';
import { findPathLocale, type Locale } from '../i18n/routing.ts';
import type { PlainResponse } from './replace-response.ts';

/** For pages and for the API. */
export const RETRY_AFTER_SECONDS = 5;

/** Partners and the identity provider lead to paths without a language. */
const getLocale = (pathname: string): Locale => findPathLocale(pathname) ?? 'es';

/** Sources of the pages that may frame an error page (CSP Level 3); without them, it is in no frame. */
type FrameAncestors = readonly string[];

type ErrorPage = { pathname: string; status: number; title: string; body: Html; framedBy: FrameAncestors | undefined };

/** Renders a page without Next.js, without the store and without scripts. */
function renderErrorPage({ pathname, status, title, body, framedBy = ["'none'"] }: ErrorPage): PlainResponse {
  return {
    status,
    body: html`<!doctype html><html lang="${getLocale(pathname)}"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title><h1>${title}</h1>${body}</html>`
      .markup,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': `default-src 'none'; form-action 'self'; base-uri 'none'; frame-ancestors ${framedBy.join(' ')}`,
      'cache-control': 'private, no-store',
      'retry-after': String(RETRY_AFTER_SECONDS),
    },
  };
}

/**
 * Renders the response of an overloaded server (503) or to an address with too many requests (429).
 *
 * @param framedBy see `listFrameAncestors`
 */
export function renderBusyPage(pathname: string, status: 429 | 503, framedBy?: FrameAncestors): PlainResponse {
  const { title, text } = getBrandMessages(getLocale(pathname)).busy;
  return renderErrorPage({ pathname, status, title, body: html`<p>${text}</p>`, framedBy });
}

/**
 * Renders the response while the store fails. With fields it has a button that posts them again.
 *
 * @param fields names and values of the posted form
 * @param framedBy see `listFrameAncestors`
 */
export function renderOutagePage(
  pathname: string,
  fields: readonly (readonly [string, string])[],
  framedBy?: FrameAncestors,
): PlainResponse {
  const { title, kept: keptText, text, again: retryLabel } = getBrandMessages(getLocale(pathname)).outage;
  const page = { pathname, status: 503, title, framedBy };
  if (fields.length === 0) return renderErrorPage({ ...page, body: html`<p>${text}</p>` });
  const inputs = fields.map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`.markup);
  const form = html`<p>${keptText}</p><form method="post" enctype="multipart/form-data">${{ markup: inputs.join('') }}<button>${retryLabel}</button></form>`;
  return renderErrorPage({ ...page, body: form });
}

/**
 * Renders the response to a form whose page is older than the server.
 *
 * @param framedBy see `listFrameAncestors`
 */
export function renderUpdatedPage(pathname: string, framedBy?: FrameAncestors): PlainResponse {
  const { title, text, again: retryLabel } = getBrandMessages(getLocale(pathname)).updated;
  const body = html`<p>${text}</p><p><a href="${pathname}">${retryLabel}</a></p>`;
  return renderErrorPage({ pathname, status: 409, title, body, framedBy });
}
