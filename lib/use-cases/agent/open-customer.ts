import 'server-only';
import { recordAgentAction } from '../../auth/agent-audit.ts';
import { getJourneyContext } from '../../config/get-journey-context.ts';
import { canBeCode, matchesCustomer, readCustomerQuery } from '../../domain/assist/customer-query.ts';
import { type FieldErrors, type FormInput, getFieldText } from '../../domain/form-input.ts';
import type { AgentSession } from '../../store/agent-sessions.ts';
import { getStore } from '../../store/store.ts';
import { claimHelpRequest } from './claim-help-request.ts';
import { readStartForm, type StartCaseInput, startCaseForPhone } from './start-case.ts';

export type OpenedCustomer =
  | { kind: 'case'; caseId: string }
  /** The customer still has to accept the agent. */
  | { kind: 'claimed'; requestId: string }
  | { kind: 'limited'; retryAfterMs: number };

/** `error` is the message key of the field. */
type OpenResult = OpenedCustomer | { kind: 'invalid'; error: string };

/**
 * Opens the customer that an agent looks for: a phone continues or starts a case, a code takes over a customer who asks for
 * help, and a name or some digits find the only open case of the shop that matches.
 *
 * @param isNew the agent pressed "new customer", which needs a phone
 */
export async function openCustomer(session: AgentSession, input: StartCaseInput, isNew: boolean): Promise<OpenResult> {
  const text = getFieldText(input.phoneForm, 'phoneNumber');
  const { phoneRules } = getJourneyContext(new Date());
  const query = readCustomerQuery(text, phoneRules, getFieldText(input.phoneForm, 'phoneCountry'));
  if (query.kind === 'phone')
    return { kind: 'case', ...(await startCaseForPhone(session, { ...input, phone: query.phone })) };
  if (isNew) return { kind: 'invalid', error: phoneRules.length > 1 ? 'phoneNumber.country' : 'phoneNumber.format' };
  if (query.kind === 'code') return takeOver(session, text);
  const openCases = await (await getStore()).cases.listOpen(session.shop);
  const [match, ...otherMatches] = openCases.filter(({ customer }) => matchesCustomer(text, customer));
  if (match) {
    return otherMatches.length === 0 ? { kind: 'case', caseId: match.id } : { kind: 'invalid', error: 'customer.many' };
  }
  if (canBeCode(text)) return takeOver(session, text);
  return { kind: 'invalid', error: /\p{L}/u.test(text) ? 'customer.none' : 'phoneNumber.format' };
}

/**
 * Opens the customer of the worklist's form.
 *
 * @returns `invalid` with the form's texts when no one can be opened
 */
export async function openCustomerOfForm(
  session: AgentSession,
  form: FormData,
): Promise<OpenedCustomer | { kind: 'invalid'; values: FormInput; errors: FieldErrors }> {
  const result = readStartForm(form);
  if (result.kind === 'invalid') return result;
  const opened = await openCustomer(session, result.input, form.get('new') !== null);
  if (opened.kind !== 'invalid') return opened;
  const { phoneForm, lang } = result.input;
  return { kind: 'invalid', values: { ...phoneForm, spoken: lang }, errors: { phoneNumber: opened.error } };
}

async function takeOver(session: AgentSession, code: string): Promise<OpenResult> {
  await recordAgentAction(session, 'case.takeOver', {});
  const result = await claimHelpRequest(session, code);
  if (result.kind === 'claimed') return { kind: 'claimed', requestId: result.id };
  return result.kind === 'limited' ? result : { kind: 'invalid', error: 'customer.code' };
}
