import { countCookies } from '@/lib/auth/count-cookies';
import { readCustomerDevice } from '@/lib/auth/customer-device';
import { writeOwnDraftToken } from '@/lib/auth/draft-cookie';
import { checkCookie } from '@/lib/auth/short-cookies';
import { NO_MARK, writeStamp } from '@/lib/domain/form-stamp';
import { createSeeOtherResponse } from '@/lib/http/see-other';
import { withForm } from '@/lib/http/with-form';
import { getPagePath } from '@/lib/i18n/paths';
import { getPreferredLocale } from '@/lib/i18n/routing';
import {
  DATE_FIELDS,
  type DateInput,
  renderResumeGone,
  renderResumePrompt,
} from '@/lib/partner-link/resume-prompt-page';
import { renderTokenRelayPage } from '@/lib/partner-link/token-relay-page';
import { resumeApplication } from '@/lib/use-cases/customer/resume-application';
import { getWebhookEndpoints } from '@/lib/webhooks/endpoints';

/** The address in an `application.stalled` event. The token is in the fragment. */
export function GET(request: Request): Response {
  if (getWebhookEndpoints().length === 0) return new Response(null, { status: 404 });
  return renderTokenRelayPage(request, { target: '/resume', token: '' });
}

/** Asks for the date of birth, and continues the application on this device. */
export const POST = withForm(async (form, request) => {
  const locale = getPreferredLocale(request.headers.get('accept-language'));
  const token = String(form.get('token') ?? '');
  const input = readDate(form);
  const isAnswer = form.has('day');
  // A link works once, so a browser that keeps no cookies must not use it up.
  if (isAnswer && (await countCookies()) === 0) return createSeeOtherResponse(`/${locale}/cookies`);
  const { draftToken } = await readCustomerDevice();
  const result = await resumeApplication(token, isAnswer ? input : undefined, draftToken);
  switch (result.kind) {
    case 'gone':
      return renderResumeGone(request, locale);
    case 'asks': {
      if ((await countCookies()) === 0) await checkCookie.write('1');
      const { hasOther, error } = result;
      return renderResumePrompt(request, { locale, token, stamp: writeStamp(NO_MARK), hasOther, input, error });
    }
    case 'resumed':
      await writeOwnDraftToken(result.token);
      return createSeeOtherResponse(getPagePath(locale, result.next));
  }
});

const readDate = (form: FormData): DateInput =>
  Object.fromEntries(DATE_FIELDS.map((name) => [name, String(form.get(name) ?? '').slice(0, 20)])) as DateInput;
