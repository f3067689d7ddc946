import 'server-only';
import type { CaseAccess } from '../../auth/agent-authorization.ts';
import { getCaseState } from '../../domain/assist/case-state.ts';
import { buildIdMark, writeStamp } from '../../domain/form-stamp.ts';
import type { JourneyProgress } from '../../domain/journey.ts';
import type { JourneyContext } from '../../domain/journey-context.ts';
import type { StepId } from '../../domain/steps/index.ts';
import type { Locale } from '../../i18n/routing.ts';
import type { Case } from '../../store/cases.ts';
import type { DraftContent } from '../../store/drafts.ts';
import { getStore } from '../../store/store.ts';
import type { Submission } from '../../store/submissions/queries.ts';
import { buildBrandView } from '../customer/build-journey-view.ts';
import { readJourney } from '../customer/find-journey.ts';
import { getCasePath } from './console-paths.ts';

export type CaseJourney = {
  context: JourneyContext;
  content: DraftContent;
  version: number;
  progress: JourneyProgress;
  submission: Submission | undefined;
  refusal: string | undefined;
};

/**
 * Loads the journey of an open case's customer. Closes a case whose draft has expired. A draft that no configured key decrypts may
 * become readable again, so its case stays open.
 *
 * @returns undefined when the case is closed or its draft cannot be read
 */
export async function findCaseJourney({ id, isOpen, customer }: Case): Promise<CaseJourney | undefined> {
  if (!isOpen) return undefined;
  const { drafts, cases } = await getStore();
  const draft = await drafts.find(customer.token);
  if (!draft) {
    if (!(await drafts.has(customer.token))) await cases.close({ id });
    return undefined;
  }
  return { ...(await readJourney(draft)), version: draft.version };
}

/** Finds the latest hand-over of a case, and computes the state of the case. */
export async function findCaseState({ submission, version }: CaseJourney, { id }: Pick<Case, 'id'>) {
  const handover = await (await getStore()).handovers.findLatest(id);
  return { handover, state: getCaseState(submission, version, handover?.state) };
}

/**
 * Computes the state of a case, the step that the customer is at, and the devices that wait for the agent's confirmation. `view`
 * names what the hand-over page shows: it reloads only when that changes. `deviceView` is the same without the customer's step,
 * for pages with a form.
 */
export async function getCaseProgress(journey: CaseJourney, caseRecord: Pick<Case, 'id'>) {
  const { progress } = journey;
  const { handover, state } = await findCaseState(journey, caseRecord);
  const isWaiting = handover !== undefined && state === 'waiting';
  const devices = isWaiting ? await (await getStore()).handovers.listDevices(handover.id) : [];
  const digits = devices.map((device) => device.digits);
  const view = [state, progress.firstOpenStep, ...digits].join('.');
  return { state, step: progress.firstOpenStep, handover, devices, view, deviceView: [state, ...digits].join('.') };
}

/** Builds the view of a case's journey for the console's pages. */
export const buildCaseJourneyView = (journey: CaseJourney, { session, caseRecord }: CaseAccess, locale: Locale) => ({
  ...journey,
  locale,
  brand: buildBrandView(locale),
  home: `/${locale}/assist`,
  createStamp: (seenMark?: string) => writeStamp(buildIdMark(session.id), seenMark),
  getPartialPath: (step: StepId) => `${getCasePath(locale, caseRecord.id, step)}/typed`,
  getPath: (page: StepId | 'review') => getCasePath(locale, caseRecord.id, page),
});
