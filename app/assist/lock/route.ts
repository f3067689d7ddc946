import { SHOWN_ERRORS } from '@/components/form/form-names';
import { currentSession, record } from '@/lib/assist/current-agent';
import { journeyContext } from '@/lib/config/journey-context';
import { mayDo, ownershipOf } from '@/lib/domain/assist/permissions';
import { readErrors, readForm } from '@/lib/domain/form-input';
import { isStepId, stepOf } from '@/lib/domain/steps';
import { withoutTooLong } from '@/lib/domain/steps/step';
import { routing } from '@/lib/i18n/routing';
import { keepTyped, notCounted } from '@/lib/onboarding/keep-typed';
import { withForm } from '@/lib/security/read-form';
import { FORGET } from '@/lib/security/see-other';
import { store } from '@/lib/store/store';

/** The console's pages, and of a step's page which case and step it is. */
const CONSOLE_PAGE =
  /^\/(?:es|en)\/assist(?:\/cases\/([0-9a-f-]{36})\/([a-z-]{1,20})|\/[a-z-]{1,20}(?:\/[\w-]{1,64})?)?$/;

/**
 * Locks the session of a device that nobody was at, and keeps what was typed on its page. It shows nothing, so a session that
 * another tab has locked already may still hand in its half-typed form.
 */
export const POST = withForm(async (form) => {
  const session = await currentSession();
  if (!session) return new Response(null, { status: 204, headers: FORGET });
  // It locks whatever the page was: one that is not known is only not come back to.
  const [path = `/${routing.defaultLocale}/assist`, id = '', step = ''] =
    CONSOLE_PAGE.exec(String(form.get('path'))) ?? [];
  const { agents, cases, drafts, ledger } = await store();
  const found = id === '' ? undefined : await cases.find(id, session.shop);
  if (found?.isOpen && isStepId(step) && mayDo(session.role, 'case.fill', ownershipOf(session, found))) {
    const { fields } = stepOf(step);
    const errors = readErrors(String(form.get(SHOWN_ERRORS) ?? ''), fields);
    // The page goes away, so that a text that is too long cannot be corrected there: the others are kept.
    const input = withoutTooLong(stepOf(step), readForm(form, fields));
    const tools = { drafts, ledger, countDraft: notCounted, context: journeyContext(new Date()) };
    await keepTyped(tools, { token: found.customer.token, stepId: step, input, errors });
  }
  await record(session, 'session.lock', { caseId: found?.id });
  await agents.lock(session.id, path);
  return new Response(null, { status: 204, headers: FORGET });
});
