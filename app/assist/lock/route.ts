import { SHOWN_ERRORS } from '@/components/form/form-names';
import { currentSession, record, recordRefusal } from '@/lib/assist/current-agent';
import { journeyContext } from '@/lib/config/journey-context';
import { mayDo, ownershipOf } from '@/lib/domain/assist/permissions';
import { fieldText, readErrors, readForm } from '@/lib/domain/form-input';
import { isStepId, type StepId, stepOf } from '@/lib/domain/steps';
import { withoutTooLong } from '@/lib/domain/steps/step';
import { routing } from '@/lib/i18n/routing';
import { keepTyped, notCounted } from '@/lib/onboarding/keep-typed';
import { withForm } from '@/lib/security/read-form';
import { FORGET } from '@/lib/security/see-other';
import type { AgentSession } from '@/lib/store/agent-sessions';
import { store } from '@/lib/store/store';

/** The console's pages, and of a step's page which case and step it is. */
const CONSOLE_PAGE =
  /^\/(?:es|en)\/assist(?:\/cases\/([0-9a-f-]{36})\/([a-z-]{1,20})|\/[a-z-]{1,20}(?:\/[\w-]{1,64})?)?$/;

/** Locks the session of a device that nobody was at, and keeps what was typed on the page that is locked. */
export const POST = withForm(async (form) => {
  const session = await currentSession();
  if (!session) return new Response(null, { status: 204, headers: FORGET });
  // It locks whatever the page was: one that is not known is only not come back to.
  const [path = `/${routing.defaultLocale}/assist`, id = '', step = ''] =
    CONSOLE_PAGE.exec(String(form.get('path'))) ?? [];
  const { agents, cases } = await store();
  const lock = await agents.lock(session.id, path);
  const found = id === '' ? undefined : await cases.find(id, session.shop);
  if (lock === 'locked') await record(session, 'session.lock', { caseId: found?.id });
  if (lock !== 'late' && id !== '' && isStepId(step)) await keepForm(session, id, step, form);
  return new Response(null, { status: 204, headers: FORGET });
});

/** Keeps a half-typed form of a case, as its page does when the language is changed. */
async function keepForm(session: AgentSession, id: string, step: StepId, form: FormData): Promise<void> {
  const { cases, drafts, ledger } = await store();
  const found = await cases.find(id, session.shop);
  const isAllowed = found !== undefined && mayDo(session.role, 'case.fill', ownershipOf(session, found));
  if (!isAllowed) return recordRefusal(session, 'case.fill', id);
  if (!found.isOpen) return undefined;
  const { fields } = stepOf(step);
  // The page goes away, so that a text that is too long cannot be corrected there: the others are kept.
  const input = withoutTooLong(stepOf(step), readForm(form, fields));
  const errors = readErrors(String(form.get(SHOWN_ERRORS) ?? ''), fields);
  const typed = { token: found.customer.token, stepId: step, input, errors };
  const tools = { drafts, ledger, countDraft: notCounted, context: journeyContext(new Date()) };
  const kept = await keepTyped(tools, typed);
  const isKept = kept.kind === 'kept' && kept.token !== undefined;
  const filled = fields.filter((field) => fieldText(input, field) !== '');
  if (isKept) await record(session, 'case.fill', { caseId: id, fields: filled, source: 'agent' });
}
