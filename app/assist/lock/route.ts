import { getCurrentSession, recordAgentAction } from '@/lib/auth/agent-authorization';
import { isStepId } from '@/lib/domain/steps';
import { CLEAR_CACHE_HEADERS } from '@/lib/http/see-other';
import { withForm } from '@/lib/http/with-form';
import { routing } from '@/lib/i18n/routing';
import { getStore } from '@/lib/store/store';
import { savePartialCaseStep } from '@/lib/use-cases/agent/save-partial-case-step';

/** The console's pages, and of a step's page which case and step it is. */
const CONSOLE_PAGE =
  /^\/(?:es|en)\/assist(?:\/cases\/([0-9a-f-]{36})\/([a-z-]{1,20})|\/[a-z-]{1,20}(?:\/[\w-]{1,64})?)?$/;

/** Locks the session of a device that nobody was at, and keeps what was typed on the page that is locked. */
export const POST = withForm(async (form) => {
  const session = await getCurrentSession();
  if (!session) return new Response(null, { status: 204, headers: CLEAR_CACHE_HEADERS });
  // It locks whatever the page was: one that is not known is only not come back to.
  const [path = `/${routing.defaultLocale}/assist`, id = '', step = ''] =
    CONSOLE_PAGE.exec(String(form.get('path'))) ?? [];
  const { agents, cases } = await getStore();
  const lock = await agents.lock(session.id, path);
  const caseRecord = id === '' ? undefined : await cases.find(id, session.shop);
  if (lock === 'locked') await recordAgentAction(session, 'session.lock', { caseId: caseRecord?.id });
  if (lock !== 'late' && id !== '' && isStepId(step)) await savePartialCaseStep(session, id, step, form);
  return new Response(null, { status: 204, headers: CLEAR_CACHE_HEADERS });
});
