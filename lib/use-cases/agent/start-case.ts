import 'server-only';
import { recordAgentAction } from '../../auth/agent-audit.ts';
import { getJourneyContext } from '../../config/get-journey-context.ts';
import { startStep } from '../../domain/assist/start-step.ts';
import { type FieldErrors, type FormInput, readForm, toFieldErrors } from '../../domain/form-input.ts';
import { findTooLongFields, removeDisallowedTexts } from '../../domain/steps/step.ts';
import type { Locale } from '../../i18n/routing.ts';
import type { AgentSession } from '../../store/agent-sessions.ts';
import { getStore } from '../../store/store.ts';
import { recordAgentEvent } from '../customer/record-journey-event.ts';

/** The text with which an agent opens a customer's case, as it was typed, and the language of a new case. */
export type StartCaseInput = { phoneForm: FormInput; lang: Locale };

type ReadResult =
  | { kind: 'valid'; input: StartCaseInput }
  | { kind: 'invalid'; values: FormInput; errors: FieldErrors };

/** Reads and validates the worklist's form. */
export function readStartForm(form: FormData): ReadResult {
  const context = getJourneyContext(new Date());
  const input = readForm(form, startStep.fields);
  const parsed = startStep.schema(context).safeParse(input);
  const tooLongFields = findTooLongFields(startStep, input);
  if (!parsed.success || Object.keys(tooLongFields).length > 0) {
    const errors = { ...toFieldErrors(parsed.error?.issues ?? []), ...tooLongFields };
    return { kind: 'invalid', values: removeDisallowedTexts(startStep, input, context), errors };
  }
  const phoneForm = readForm(form, ['phoneCountry', 'phoneNumber']);
  return { kind: 'valid', input: { phoneForm, lang: parsed.data.spoken } };
}

/**
 * Starts a case for a phone, or finds the one that this shop has open for it.
 *
 * @param phone in E.164
 * @returns the id of the case
 */
export async function startCaseForPhone(
  session: AgentSession,
  { phoneForm, phone, lang }: StartCaseInput & { phone: string },
): Promise<{ caseId: string }> {
  const { cases, drafts } = await getStore();
  const { shop, subject: agent } = session;
  const openCase = await cases.findOpenByPhone(phone, shop);
  const caseId = openCase?.id ?? crypto.randomUUID();
  await recordAgentAction(session, 'case.start', { caseId, fields: ['phoneNumber'], source: 'agent' });
  if (openCase) return { caseId };
  const token = await drafts.create({ steps: {}, typed: { identity: { input: phoneForm, errors: {} } } });
  await cases.create({ id: caseId, shop, agent }, { token, phone, name: '', lang });
  await recordAgentEvent({ shop, agent }, { token, kind: 'begun', step: null, lang });
  return { caseId };
}
