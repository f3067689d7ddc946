import 'server-only';
import { redirect } from 'next/navigation';
import {
  authorizeAgent,
  getNextCustomerPath,
  recordAgentAction,
  requireCase,
  withAgentAuthorization,
} from '../../auth/agent-authorization.ts';
import { getJourneyContext } from '../../config/journey-context.ts';
import type { AnswerSource } from '../../domain/assist/audit.ts';
import { type CaseAction, isActionPossible } from '../../domain/assist/case-actions.ts';
import { getCaseState } from '../../domain/assist/case-state.ts';
import type { Action } from '../../domain/assist/permissions.ts';
import { buildIdMark, writeStamp } from '../../domain/form-stamp.ts';
import { getJourneyProgress } from '../../domain/journey.ts';
import type { StepId } from '../../domain/steps/index.ts';
import { getErrorTarget } from '../../domain/submission.ts';
import type { Locale } from '../../i18n/routing.ts';
import type { AgentSession } from '../../store/agent-sessions.ts';
import type { Case } from '../../store/cases.ts';
import { getStore } from '../../store/store.ts';
import { buildBrandView } from '../customer/journey-view.ts';

type CaseJourney = Awaited<ReturnType<typeof getCaseJourney>>;

export const getCasePath = (locale: Locale, id: string, page: StepId | 'review' | 'hand-over' | 'history') =>
  `/${locale}/assist/cases/${id}/${page}`;

/** A case with its customer's journey, for an agent who may see it. The look is written down with the fields it showed. */
export async function openCase(locale: Locale, id: string, action: Action, fields: readonly string[]) {
  return withAgentAuthorization(locale, action, { caseId: id, fields }, async (session) => {
    const caseRecord = await requireCase(locale, session, id);
    return { session, found: caseRecord, journey: await getCaseJourney(locale, caseRecord, session) };
  });
}

/**
 * Carries out an action on an open case, if its state allows it. Otherwise nothing happens and the agent goes to the page that
 * shows the state: what was pressed on a page from before is no longer true.
 *
 * @param auditDetails what the audit says of it beside the case
 */
export async function runCaseAction<Result>(
  locale: Locale,
  id: string,
  action: CaseAction,
  auditDetails: { fields?: readonly string[]; source?: AnswerSource },
  handler: (session: AgentSession, caseRecord: Case) => Promise<Result>,
): Promise<Result> {
  const session = await authorizeAgent(locale, action, id);
  const caseRecord = await requireCase(locale, session, id);
  const { state } = await getCaseProgress(await getCaseJourney(locale, caseRecord, session), caseRecord);
  if (!isActionPossible(action, state)) redirect(getCasePath(locale, id, 'hand-over'));
  await recordAgentAction(session, action, { caseId: id, ...auditDetails });
  return handler(session, caseRecord);
}

/**
 * How far a case is, for the agent who waits: its state, the step that the customer is at, and the devices that wait to be
 * confirmed. `view` says in one word what the page shows, so that it is drawn anew only when that changes.
 */
export async function getCaseProgress({ progress, submission, version }: CaseJourney, { id }: Pick<Case, 'id'>) {
  const { handovers } = await getStore();
  const handover = await handovers.findLatest(id);
  const state = getCaseState(submission, version, handover?.state);
  const devices = handover && state === 'waiting' ? await handovers.listDevices(handover.id) : [];
  const view = [state, progress.firstOpenStep, ...devices.map(({ digits }) => digits)].join('.');
  return { state, step: progress.firstOpenStep, handover, devices, view };
}

/** The journey of a case's customer. */
export async function getCaseJourney(locale: Locale, caseRecord: Case, session: Pick<AgentSession, 'id'>) {
  const now = new Date();
  const context = getJourneyContext(now);
  const { drafts, ledger, cases } = await getStore();
  const draft = await drafts.find(caseRecord.customer.token);
  // Nobody has touched it for a week, and it has run out: there is nothing left to go on with. A draft that only cannot be
  // decrypted may be readable again when its key is back.
  if (!draft) {
    if (!(await drafts.has(caseRecord.customer.token))) await cases.close(caseRecord);
    redirect(getNextCustomerPath(locale));
  }
  const submission = await ledger.findLatest(draft.id);
  const { content, version } = draft;
  return {
    ...{ submission, version },
    createStamp: (seenMark?: string) => writeStamp(buildIdMark(session.id), seenMark),
    getPartialPath: (step: StepId) => `${getCasePath(locale, caseRecord.id, step)}/typed`,
    ...{ locale, context, content, brand: buildBrandView(locale), home: `/${locale}/assist` },
    progress: getJourneyProgress(content.steps, context, now.toISOString()),
    refusal: getErrorTarget(submission, version),
    getPath: (page: StepId | 'review') => getCasePath(locale, caseRecord.id, page),
  };
}
