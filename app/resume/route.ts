import { countCookies } from '@/lib/auth/count-cookies';
import { readCustomerDevice } from '@/lib/auth/customer-device';
import { writeOwnDraftToken } from '@/lib/auth/draft-cookie';
import { checkCookie } from '@/lib/auth/short-cookies';
import { NO_MARK, writeStamp } from '@/lib/domain/form-stamp';
import type { DateParts } from '@/lib/domain/steps/identity/date-text';
import { createSeeOtherResponse } from '@/lib/http/see-other';
import { withForm } from '@/lib/http/with-form';
import { getPagePath } from '@/lib/i18n/paths';
import { getPreferredLocale } from '@/lib/i18n/routing';
import { type ResumePrompt, renderResumeGone, renderResumePrompt } from '@/lib/partner-link/resume-prompt-page';
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
  const birthDate = findDateInput(form);
  // A link works once, so a browser that keeps no cookies must not use it up.
  if (birthDate && (await countCookies()) === 0) return createSeeOtherResponse(`/${locale}/cookies`);
  const result = await resumeApplication(token, birthDate, (await readCustomerDevice()).draftToken);
  if (result.kind === 'gone') return renderResumeGone(request, locale);
  if (result.kind === 'asks') return askBirthDate(request, { ...result, locale, token, input: birthDate });
  await writeOwnDraftToken(result.token);
  return createSeeOtherResponse(getPagePath(locale, result.next));
});

/** The answer's post shows by the cookie whether the browser keeps any. */
async function askBirthDate(request: Request, prompt: Omit<ResumePrompt, 'stamp'>): Promise<Response> {
  if ((await countCookies()) === 0) await checkCookie.write('1');
  return renderResumePrompt(request, { ...prompt, stamp: writeStamp(NO_MARK) });
}

/** @returns undefined for the post of the link's page, which has no date yet */
function findDateInput(form: FormData): DateParts | undefined {
  if (!form.has('day')) return undefined;
  const readField = (name: string) => String(form.get(name) ?? '').slice(0, 20);
  return { day: readField('day'), month: readField('month'), year: readField('year') };
}
