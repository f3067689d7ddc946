import { getBrand } from '../config/brand/brand.ts';
import { getBrandMessages } from '../config/translations/get-brand-messages.ts';
import { STAMP_FIELD } from '../domain/form-stamp.ts';
import { html } from '../http/html.ts';
import { renderStandalonePage } from '../http/standalone-page.ts';
import type { Locale } from '../i18n/routing.ts';

/** The field that confirms the replacement of the present application. */
export const REPLACE_FIELD = 'replace';

export type ReplacePrompt = {
  locale: Locale;
  /** The path that takes the token. */
  target: '/partner' | '/leave-frame';
  /** Posted again on confirmation: it must not be part of an address. */
  token: string;
  /** The stamp of the present application. */
  stamp: string;
  /** The path on which the present application continues. */
  keepPath: string;
};

/** Renders the question whether a partner's link, or the journey of a partner's frame, replaces the application that was begun on this device. */
export function renderReplacePrompt(
  request: Request,
  { locale, target, token, stamp, keepPath }: ReplacePrompt,
): Response {
  const {
    title,
    text,
    lost: lossNotice,
    keep: keepLabel,
    start: startLabel,
  } = getBrandMessages(locale).partner.replace;
  const body = html`<h1>${title}</h1><p>${text.replace('{brand}', getBrand().name)}</p><form action="${keepPath}"><button>${keepLabel}</button></form><p>${lossNotice}</p><form method="post" action="${target}?lang=${locale}"><input type="hidden" name="token" value="${token}" autocomplete="off"><input type="hidden" name="${REPLACE_FIELD}" value="yes"><input type="hidden" name="${STAMP_FIELD}" value="${stamp}"><button class="other">${startLabel}</button></form>`;
  return renderStandalonePage(request, { locale, body });
}
