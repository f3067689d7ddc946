import { getBrand } from '../config/brand/brand.ts';
import { getBrandMessages } from '../config/translations/get-brand-messages.ts';
import { STAMP_FIELD } from '../domain/form-stamp.ts';
import type { DateParts } from '../domain/steps/identity/date-text.ts';
import { html } from '../http/html.ts';
import { renderStandalonePage } from '../http/standalone-page.ts';
import { toFlatMessages } from '../i18n/message-tree.ts';
import type { Locale } from '../i18n/routing.ts';

export type ResumePrompt = {
  locale: Locale;
  /** Posted with the date: it must not be part of an address. */
  token: string;
  stamp: string;
  /** The device has another application, which this one replaces. */
  hasOther: boolean;
  /** The date as typed; undefined when the page asks for the first time. */
  input: DateParts | undefined;
  /** The name of the text that says what is wrong with it. */
  error: string | undefined;
};

const AUTOCOMPLETE = { day: 'bday-day', month: 'bday-month', year: 'bday-year' };

/** Renders the question for the date of birth, before which a link shows nothing of its application. */
export function renderResumePrompt(request: Request, prompt: ResumePrompt): Response {
  const { locale, token, stamp, hasOther, input, error } = prompt;
  const messages = getBrandMessages(locale);
  const { title, text, other, action } = messages.partner.resume;
  const labels = messages.steps.identity;
  const errorText = error === undefined ? undefined : (toFlatMessages(messages).get(error) ?? '');
  const alert = errorText === undefined ? '' : html`<p id="problem" class="problem" role="alert">${errorText}</p>`;
  const description = errorText === undefined ? 'hint' : 'problem hint';
  const isInvalid = String(errorText !== undefined);
  const createField = (name: keyof DateParts) =>
    html`<label>${labels[name]}<input name="${name}" value="${input?.[name] ?? ''}" inputmode="${name === 'month' ? 'text' : 'numeric'}" autocomplete="${AUTOCOMPLETE[name]}" maxlength="20" required aria-describedby="${description}" aria-invalid="${isInvalid}"></label>`;
  const fields = html`<fieldset><legend>${labels.dob}</legend><p id="hint">${labels.dobHint}</p>${alert}<div class="row">${createField('day')}${createField('month')}${createField('year')}</div></fieldset>`;
  const notice = hasOther ? html`<p>${other}</p>` : '';
  const body = html`<h1>${title}</h1><p>${text}</p>${notice}<form method="post" action="/resume"><input type="hidden" name="token" value="${token}" autocomplete="off"><input type="hidden" name="${STAMP_FIELD}" value="${stamp}">${fields}<button>${action}</button></form>`;
  return renderStandalonePage(request, { locale, body });
}

/** Renders that a link leads nowhere: it was used, ran out, had too many tries, or its customer continued. */
export function renderResumeGone(request: Request, locale: Locale): Response {
  const { title, text, action } = getBrandMessages(locale).partner.resume.gone;
  const body = html`<h1>${title}</h1><p>${text.replaceAll('{brand}', getBrand().name)}</p><p><a href="/${locale}">${action}</a></p>`;
  return renderStandalonePage(request, { locale, body });
}
