import { readCustomerDevice } from '@/lib/auth/customer-device';
import { writeDraftToken } from '@/lib/auth/draft-cookie';
import { writeStamp } from '@/lib/domain/form-stamp';
import { createSeeOtherResponse } from '@/lib/http/see-other';
import { withForm } from '@/lib/http/with-form';
import { getPagePath } from '@/lib/i18n/paths';
import { toLocale } from '@/lib/i18n/routing';
import { REPLACE_FIELD, renderReplacePrompt } from '@/lib/partner-link/replace-prompt-page';
import { createTokenMark, findStamp } from '@/lib/use-cases/customer/form-check';
import { leaveFrame } from '@/lib/use-cases/customer/leave-frame';

/** Takes the journey of a partner's frame into the whole window. The frame's last page posts here, with the target `_top`. */
export const POST = withForm(async (form, request) => {
  const locale = toLocale(new URL(request.url).searchParams.get('lang') ?? '');
  const token = String(form.get('token') ?? '');
  const { draftToken } = await readCustomerDevice();
  const confirmation = { isConfirmed: form.get(REPLACE_FIELD) === 'yes', stamp: findStamp(form) };
  const result = await leaveFrame(token, draftToken, confirmation);
  if (result.kind === 'rejected') return createSeeOtherResponse(`/${locale}/link-refused`);
  const path = getPagePath(locale, result.next);
  const stamp = writeStamp(createTokenMark(draftToken));
  if (result.kind === 'asks')
    return renderReplacePrompt(request, { locale, target: '/leave-frame', token, stamp, keepPath: path });
  await writeDraftToken(result.token);
  return createSeeOtherResponse(path);
});
