import { writeDraftToken } from '@/lib/auth/draft-cookie';
import { writeStamp } from '@/lib/domain/form-stamp';
import { createSeeOtherResponse } from '@/lib/http/see-other';
import { getPagePath, type JourneyPage } from '@/lib/i18n/paths';
import { REPLACE_FIELD, type ReplacePrompt, renderReplacePrompt } from '@/lib/partner-link/replace-prompt-page';
import { createTokenMark, findStamp } from '@/lib/use-cases/customer/form-check';

type Arrival =
  | { kind: 'started' | 'left'; token: string; next: JourneyPage }
  | { kind: 'asks'; next: JourneyPage }
  | { kind: 'rejected' };

/** Reads from the form of the replace prompt whether the customer chose the new journey. */
export const readConfirmation = (form: FormData) => ({
  isConfirmed: form.get(REPLACE_FIELD) === 'yes',
  stamp: findStamp(form),
});

/**
 * Continues a journey that a partner's link or frame brings to this browser, or asks whether it replaces the present one.
 *
 * @param draftToken of the journey that this browser has
 */
export async function createArrivalResponse(
  request: Request,
  arrival: Arrival,
  { draftToken, ...page }: Pick<ReplacePrompt, 'locale' | 'target' | 'token'> & { draftToken: string | undefined },
): Promise<Response> {
  if (arrival.kind === 'rejected') return createSeeOtherResponse(`/${page.locale}/link-refused`);
  const path = getPagePath(page.locale, arrival.next);
  const stamp = writeStamp(createTokenMark(draftToken));
  if (arrival.kind === 'asks') return renderReplacePrompt(request, { ...page, stamp, keepPath: path });
  await writeDraftToken(arrival.token);
  return createSeeOtherResponse(path);
}
