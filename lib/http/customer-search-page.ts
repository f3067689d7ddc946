import { getBrandMessages } from '../config/translations/get-brand-messages.ts';
import { type FieldErrors, type FormInput, getFieldText } from '../domain/form-input.ts';
import { withAgentTexts } from '../i18n/agent-texts.ts';
import { toFlatMessages } from '../i18n/message-tree.ts';
import type { Locale } from '../i18n/routing.ts';
import { html } from './html.ts';
import { renderStandalonePage } from './standalone-page.ts';

type CustomerSearch = { locale: Locale; values: FormInput; errors: FieldErrors };

/** Renders the worklist's field with what an agent typed on a page of an older build, and what is wrong with it. */
export function renderCustomerSearch(request: Request, { locale, values, errors }: CustomerSearch): Response {
  const messages = withAgentTexts(getBrandMessages(locale));
  const { title, handle, openCase } = messages.assist;
  const [errorKey = ''] = Object.values(errors);
  const errorText = toFlatMessages(messages).get(`errors.${errorKey}`) ?? '';
  const hiddenFields = ['phoneCountry', 'spoken'].map(
    (name) => html`<input type="hidden" name="${name}" value="${getFieldText(values, name)}">`.markup,
  );
  const field = html`<label>${handle}<input name="phoneNumber" value="${getFieldText(values, 'phoneNumber')}" autocomplete="off" aria-describedby="problem" aria-invalid="true"></label>`;
  const form = html`<form method="post" action="/${locale}/assist/typed">${{ markup: hiddenFields.join('') }}${field}<p id="problem" class="problem" role="alert">${errorText}</p><button>${openCase}</button></form>`;
  const body = html`<h1>${title}</h1><p>${messages.form.updated}</p>${form}<p><a href="/${locale}/assist">${messages.updated.again}</a></p>`;
  return renderStandalonePage(request, { locale, body });
}
