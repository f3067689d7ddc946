import { getBrandMessages } from '../config/translations/get-brand-messages.ts';
import { type Html, html } from '../http/html.ts';
import { findPathLocale, type Locale } from '../i18n/routing.ts';
import type { PlainResponse } from './replace-response.ts';

/** For pages and for the API. */
export const RETRY_AFTER_SECONDS = 5;

/** Partners and the identity provider lead to paths without a language. */
const getLocale = (pathname: string): Locale => findPathLocale(pathname) ?? 'es';

/** Renders a page without Next.js, without the store and without scripts. */
function renderErrorPage(pathname: string, status: number, title: string, body: Html): PlainResponse {
  return {
    status,
    body: html`<!doctype html><html lang="${getLocale(pathname)}"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title><h1>${title}</h1>${body}</html>`
      .markup,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': "default-src 'none'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
      'cache-control': 'private, no-store',
      'retry-after': String(RETRY_AFTER_SECONDS),
    },
  };
}

/** Renders the response of an overloaded server (503) or to an address with too many requests (429). */
export function renderBusyPage(pathname: string, status: 429 | 503): PlainResponse {
  const { title, text } = getBrandMessages(getLocale(pathname)).busy;
  return renderErrorPage(pathname, status, title, html`<p>${text}</p>`);
}

/**
 * Renders the response while the store fails. With fields it has a button that posts them again.
 *
 * @param fields names and values of the posted form
 */
export function renderOutagePage(pathname: string, fields: readonly (readonly [string, string])[]): PlainResponse {
  const { title, kept: keptText, text, again: retryLabel } = getBrandMessages(getLocale(pathname)).outage;
  if (fields.length === 0) return renderErrorPage(pathname, 503, title, html`<p>${text}</p>`);
  const inputs = fields.map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`.markup);
  const form = html`<p>${keptText}</p><form method="post" enctype="multipart/form-data">${{ markup: inputs.join('') }}<button>${retryLabel}</button></form>`;
  return renderErrorPage(pathname, 503, title, form);
}

/** Renders the response to a form whose page is older than the server. */
export function renderUpdatedPage(pathname: string): PlainResponse {
  const { title, text, again: retryLabel } = getBrandMessages(getLocale(pathname)).updated;
  return renderErrorPage(pathname, 409, title, html`<p>${text}</p><p><a href="${pathname}">${retryLabel}</a></p>`);
}
