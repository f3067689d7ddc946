import 'server-only';
import { getJourneyContext } from '../../config/get-journey-context.ts';
import { isMonthFirst } from '../../domain/countries/countries.ts';
import { findBirthDate } from '../../domain/journey.ts';
import { createBirthDateSchema } from '../../domain/steps/identity/birth-date.ts';
import type { DateParts } from '../../domain/steps/identity/date-text.ts';
import type { JourneyPage } from '../../i18n/paths.ts';
import { log } from '../../observability/logger.ts';
import { getStore } from '../../store/store.ts';
import { hashToken } from '../../store/token.ts';
import { findFirstOpenStep } from './find-first-open-step.ts';

type ResumeResult =
  | { kind: 'resumed'; token: string; next: JourneyPage }
  /** Ask for the date. `hasOther`: this device has another application. `error`: the name of the text about the last date. */
  | { kind: 'asks'; hasOther: boolean; error: string | undefined }
  | { kind: 'gone' };

/**
 * Continues a stalled application by the link of its event, on any device, once. The link may have come into other hands, so
 * nothing of the application is shown before its date of birth is entered, of which there are five tries.
 *
 * @param birthDate as typed; undefined when the page has not asked yet
 * @param draftToken of the draft that this device has
 */
export async function resumeApplication(
  linkToken: string,
  birthDate: DateParts | undefined,
  draftToken: string | undefined,
): Promise<ResumeResult> {
  const { stalled, drafts } = await getStore();
  const applicationId = await stalled.findOpenLink(linkToken);
  if (applicationId === undefined) return reject();
  const isOwn = draftToken !== undefined && hashToken(draftToken) === applicationId;
  const hasOther = !isOwn && draftToken !== undefined && (await drafts.has(draftToken));
  if (birthDate === undefined) return { kind: 'asks', hasOther, error: undefined };
  const now = new Date();
  const context = getJourneyContext(now);
  const parsedDate = createBirthDateSchema(context.today, isMonthFirst(context.country)).safeParse(birthDate);
  if (!parsedDate.success) return { kind: 'asks', hasOther, error: `errors.${parsedDate.error.issues[0]?.message}` };
  const token = await stalled.countTry(linkToken);
  const draft = token === undefined ? undefined : await drafts.find(token);
  if (token === undefined || !draft) return reject();
  if (findBirthDate(draft.content.steps, context, now.toISOString()) !== parsedDate.data) {
    log({ event: 'partner-link.refused', cause: 'date of birth of a stalled application' });
    return { kind: 'asks', hasOther, error: 'partner.resume.wrong' };
  }
  if (!(await stalled.consumeLink(linkToken))) return reject();
  const next = findFirstOpenStep(draft.content);
  log({ event: 'partner-link.opened', next });
  return { kind: 'resumed', token, next };
}

function reject(): ResumeResult {
  log({ event: 'partner-link.refused', cause: 'link of a stalled application' });
  return { kind: 'gone' };
}
