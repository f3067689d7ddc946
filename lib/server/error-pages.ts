import { getBrandMessages } from '../config/translations/get-brand-messages.ts';
import { type Html, html } from '../http/html.ts';
import { findPathLocale, type Locale } from '../i18n/routing.ts';
import type { PlainResponse } from './replace-response.ts';

/** Seconds after which to try again. */
const RETRY_AFTER_SECONDS = 5;

/** Paths without a language are those that partners and providers lead to. */
const getLocale = (pathname: string): Locale => findPathLocale(pathname) ?? 'es';

/** A page that needs nothing but itself: no framework, no store, no script. */
function renderErrorPage(pathname: string, status: number, title: string, body: Html): PlainResponse {
  return {
    status,
    html: html`<!doctype html><html lang="${getLocale(pathname)}"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title><h1>${title}</h1>${body}</html>`
      .markup,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': "default-src 'none'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
      'cache-control': 'private, no-store',
      'retry-after': String(RETRY_AFTER_SECONDS),
    },
  };
}

/** What a server with too much to do answers at once, to all (503) or to one address (429). */
export function renderBusyPage(pathname: string, status: 429 | 503): PlainResponse {
  const { title, text } = getBrandMessages(getLocale(pathname)).busy;
  return renderErrorPage(pathname, status, title, html`<p>${text}</p>`);
}

/**
 * What is answered while the store is away. With the fields of a form that was posted, it has a button that posts them again.
 *
 * @param fields names and values; they come back as they were posted
 */
export function renderOutagePage(pathname: string, fields: readonly (readonly [string, string])[]): PlainResponse {
  const { title, kept: keptText, text, again: retryLabel } = getBrandMessages(getLocale(pathname)).outage;
  if (fields.length === 0) return renderErrorPage(pathname, 503, title, html`<p>${text}</p>`);
  const inputs = fields.map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`.markup);
  const form = html`<p>${keptText}</p><form method="post" enctype="multipart/form-data">${{ markup: inputs.join('') }}<button>${retryLabel}</button></form>`;
  return renderErrorPage(pathname, 503, title, form);
}

/** What is answered to a form of a page that is older than the server. */
export function renderUpdatedPage(pathname: string): PlainResponse {
  const { title, text, again: retryLabel } = getBrandMessages(getLocale(pathname)).updated;
  return renderErrorPage(pathname, 409, title, html`<p>${text}</p><p><a href="${pathname}">${retryLabel}</a></p>`);
}
