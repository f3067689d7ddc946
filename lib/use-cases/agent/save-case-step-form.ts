import 'server-only';
import type { CaseAccess } from '../../auth/agent-authorization.ts';
import { getJourneyContext } from '../../config/get-journey-context.ts';
import { getCustomerLabel } from '../../domain/assist/customer-label.ts';
import type { StepId } from '../../domain/steps/index.ts';
import { getStore } from '../../store/store.ts';
import { getCaseFormSubject } from '../customer/form-subject.ts';
import { listFilledFields, type PostedStep } from '../customer/posted-step.ts';
import { recordAgentEvent } from '../customer/record-journey-event.ts';
import { type RejectedForm, toRejectedForm } from '../customer/rejected-form.ts';
import { type FormExit, savePartialForm } from '../customer/save-partial-form.ts';
import { saveStep } from '../customer/save-step.ts';
import { runCaseAction } from './run-case-action.ts';

export type SaveCaseStepResult =
  | { kind: 'saved'; next: StepId | 'review' }
  | { kind: 'left' }
  | { kind: 'rejected'; form: RejectedForm }
  /** The details are on their way or delivered. */
  | { kind: 'locked' }
  | { kind: 'closed' }
  | { kind: 'impossible' };

/**
 * Saves the form of a step that the console posted, and records the agent and the fields in the audit.
 *
 * @param exit given when the agent leaves the form half filled
 */
export async function saveCaseStepForm(
  access: CaseAccess,
  form: PostedStep,
  exit: FormExit | undefined,
): Promise<SaveCaseStepResult> {
  const auditDetails = { fields: listFilledFields(form), source: 'agent' } as const;
  const result = await runCaseAction(access, 'case.fill', auditDetails, () =>
    exit ? saveLeftForm(access, form, exit) : saveAnswer(access, form),
  );
  return result.kind === 'done' ? result.result : result;
}

async function saveLeftForm(access: CaseAccess, form: PostedStep, exit: FormExit): Promise<SaveCaseStepResult> {
  const result = await savePartialForm(getCaseFormSubject(access, form), form, exit);
  return result.kind === 'rejected' ? result : { kind: 'left' };
}

async function saveAnswer(access: CaseAccess, form: PostedStep): Promise<SaveCaseStepResult> {
  const { stepId, input } = form;
  const { caseRecord } = access;
  const { customer } = caseRecord;
  const { mark, answerMark, limitDraft } = getCaseFormSubject(access, form);
  const now = new Date();
  const context = getJourneyContext(now);
  const { cases, drafts, ledger } = await getStore();
  const tools = { drafts, ledger, limitDraft, context, now };
  const result = await saveStep(tools, { token: customer.token, stepId, input, seen: answerMark });
  if (result.kind === 'locked') return result;
  const eventDetails = { token: customer.token, step: stepId, lang: customer.lang };
  if (result.kind !== 'saved') {
    if (result.kind === 'invalid') {
      const fields = Object.keys(result.errors);
      await recordAgentEvent(caseRecord, { ...eventDetails, kind: 'invalid', fields });
    }
    return { kind: 'rejected', form: toRejectedForm(result, mark) };
  }
  await recordAgentEvent(caseRecord, { ...eventDetails, kind: 'taken' });
  if (stepId === 'identity')
    await cases.updateCustomer(caseRecord, { ...customer, ...getCustomerLabel(input, context, customer) });
  return { kind: 'saved', next: result.next };
}
