import 'server-only';
import type { CaseAccess } from '../../auth/agent-authorization.ts';
import { getJourneyContext } from '../../config/get-journey-context.ts';
import type { FormInput } from '../../domain/form-input.ts';
import { buildIdMark, OTHER_PERSON_MARK } from '../../domain/form-stamp.ts';
import { getStepForm } from '../../domain/journey.ts';
import { parseFormPhone } from '../../domain/steps/identity/phone.ts';
import { createLimitedDraft } from '../../rate-limits/count-attempt.ts';
import { getStore } from '../../store/store.ts';
import { checkForm, createTokenMark, findBlankFormMark } from './form-check.ts';
import type { PostedStep } from './posted-step.ts';
import { type LimitDraft, limitNothing } from './save-partial-step.ts';

/** The draft to which a posted form belongs. */
export type FormSubject = {
  kind: 'draft';
  /** Undefined when the form begins a new draft. */
  token: string | undefined;
  /** The mark for the form's next stamp. */
  mark: string;
  /** The form belongs to the draft without a doubt: it may be saved without an answer to its page. */
  isCurrent: boolean;
  /** The mark of the answer that the form showed. */
  answerMark: string | undefined;
  begunBy: string | undefined;
  limitDraft: LimitDraft;
};

/** `another`: the form is about another application. `begun`: the form was blank, and an application was begun elsewhere. */
export type UnknownSubject = { kind: 'another' } | { kind: 'begun'; mark: string };

/** Finds the draft of a form that a customer's page posted. */
export async function findFormSubject(
  { draftToken, clientIp }: { draftToken: string | undefined; clientIp: string },
  form: PostedStep,
): Promise<FormSubject | UnknownSubject> {
  const origin = await checkForm(form.stamp, draftToken);
  const mark = createTokenMark(draftToken);
  if (origin === 'another') return { kind: 'another' };
  if (origin === 'unknown' && !(await isSamePerson(draftToken, form))) return { kind: 'begun', mark };
  return {
    kind: 'draft',
    token: origin === 'replacing' ? undefined : draftToken,
    mark,
    isCurrent: origin === 'current',
    answerMark: origin === 'unknown' ? OTHER_PERSON_MARK : form.stamp?.seen,
    begunBy: findBlankFormMark(form.stamp),
    limitDraft: (create) => createLimitedDraft(clientIp, create),
  };
}

/** Returns the draft of a form that the console posted. An agent signed in since the form was rendered must see its answers first. */
export function getCaseFormSubject({ session, caseRecord }: CaseAccess, { stamp }: PostedStep): FormSubject {
  const mark = buildIdMark(session.id);
  return {
    kind: 'draft',
    token: caseRecord.customer.token,
    mark,
    isCurrent: true,
    answerMark: stamp && (stamp.subject === mark ? stamp.seen : OTHER_PERSON_MARK),
    begunBy: undefined,
    limitDraft: limitNothing,
  };
}

/** Returns whether a blank form has the phone of the present draft. */
async function isSamePerson(draftToken: string | undefined, { stepId, input }: PostedStep): Promise<boolean> {
  const { phoneRules } = getJourneyContext(new Date());
  const readPhone = (identity: FormInput) => parseFormPhone(identity, phoneRules);
  const postedPhone = stepId === 'identity' ? readPhone(input) : undefined;
  if (postedPhone === undefined || draftToken === undefined) return false;
  const draft = await (await getStore()).drafts.find(draftToken);
  return draft !== undefined && readPhone(getStepForm(draft.content, 'identity')) === postedPhone;
}
