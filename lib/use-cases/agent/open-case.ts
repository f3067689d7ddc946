import 'server-only';
import { redirect } from 'next/navigation';
import { agentFor, asAgent, leavePath, record, requireCase } from '../../auth/current-agent.ts';
import { journeyContext } from '../../config/journey-context.ts';
import type { Source } from '../../domain/assist/audit.ts';
import { type CaseAction, isPossible } from '../../domain/assist/case-actions.ts';
import { caseStateOf } from '../../domain/assist/case-state.ts';
import type { Action } from '../../domain/assist/permissions.ts';
import { markId, writeStamp } from '../../domain/form-stamp.ts';
import { walk } from '../../domain/journey.ts';
import type { StepId } from '../../domain/steps/index.ts';
import { refusalOf } from '../../domain/submission.ts';
import type { Locale } from '../../i18n/routing.ts';
import type { AgentSession } from '../../store/agent-sessions.ts';
import type { Case } from '../../store/cases.ts';
import { store } from '../../store/store.ts';
import { brandView } from '../customer/journey-view.ts';

type CaseJourney = Awaited<ReturnType<typeof journeyOf>>;

export const casePath = (locale: Locale, id: string, page: StepId | 'review' | 'hand-over' | 'history') =>
  `/${locale}/assist/cases/${id}/${page}`;

/** A case with its customer's journey, for an agent who may see it. The look is written down with the fields it showed. */
export async function openCase(locale: Locale, id: string, action: Action, fields: readonly string[]) {
  return asAgent(locale, action, { caseId: id, fields }, async (session) => {
    const found = await requireCase(locale, session, id);
    return { session, found, journey: await journeyOf(locale, found, session) };
  });
}

/**
 * Carries out an action on an open case, if its state allows it. Otherwise nothing happens and the agent goes to the page that
 * shows the state: what was pressed on a page from before is no longer true.
 *
 * @param deed what the audit says of it beside the case
 */
export async function actOnCase<Result>(
  locale: Locale,
  id: string,
  action: CaseAction,
  deed: { fields?: readonly string[]; source?: Source },
  work: (session: AgentSession, found: Case) => Promise<Result>,
): Promise<Result> {
  const session = await agentFor(locale, action, id);
  const found = await requireCase(locale, session, id);
  const { state } = await progressOf(await journeyOf(locale, found, session), found);
  if (!isPossible(action, state)) redirect(casePath(locale, id, 'hand-over'));
  await record(session, action, { caseId: id, ...deed });
  return work(session, found);
}

/**
 * How far a case is, for the agent who waits: its state, the step that the customer is at, and the devices that wait to be
 * confirmed. `view` says in one word what the page shows, so that it is drawn anew only when that changes.
 */
export async function progressOf({ walk: walked, submission, version }: CaseJourney, { id }: Pick<Case, 'id'>) {
  const { handovers } = await store();
  const handover = await handovers.latest(id);
  const state = caseStateOf(submission, version, handover?.state);
  const devices = handover && state === 'waiting' ? await handovers.devicesOf(handover.id) : [];
  const view = [state, walked.open, ...devices.map(({ digits }) => digits)].join('.');
  return { state, step: walked.open, handover, devices, view };
}

/** The journey of a case's customer. */
export async function journeyOf(locale: Locale, found: Case, session: Pick<AgentSession, 'id'>) {
  const now = new Date();
  const context = journeyContext(now);
  const { drafts, ledger, cases } = await store();
  const draft = await drafts.find(found.customer.token);
  // Nobody has touched it for a week, and it has run out: there is nothing left to go on with. A draft that only cannot be
  // decrypted may be readable again when its key is back.
  if (!draft) {
    if (!(await drafts.has(found.customer.token))) await cases.close(found);
    redirect(leavePath(locale));
  }
  const submission = await ledger.latest(draft.id);
  const { content, version } = draft;
  return {
    ...{ submission, version },
    stamp: (seen?: string) => writeStamp(markId(session.id), seen),
    keepPath: (step: StepId) => `${casePath(locale, found.id, step)}/typed`,
    ...{ locale, context, content, brand: brandView(locale), home: `/${locale}/assist` },
    walk: walk(content.steps, context, now.toISOString()),
    refusal: refusalOf(submission, version),
    path: (page: StepId | 'review') => casePath(locale, found.id, page),
  };
}
