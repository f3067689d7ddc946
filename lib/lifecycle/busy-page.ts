import { messagesOf } from '../i18n/messages-of.ts';
import { html } from '../security/html.ts';

/** Seconds after which to try again. */
const RETRY_AFTER = 5;

/** What a server with too much to do answers at once, to all (503) or to one address (429): a page that needs nothing but itself. */
export function busyPage(pathname: string, status: 429 | 503) {
  const lang = /^\/en(\/|$)/.test(pathname) ? 'en' : 'es';
  const { title, text } = messagesOf(lang).busy;
  return {
    status,
    html: html`<!doctype html><html lang="${lang}"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title><h1>${title}</h1><p>${text}</p></html>`
      .markup,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      'cache-control': 'private, no-store',
      'retry-after': String(RETRY_AFTER),
    },
  };
}
