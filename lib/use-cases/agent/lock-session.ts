import 'server-only';
import { recordAgentAction } from '../../auth/agent-audit.ts';
import { isStepId } from '../../domain/steps/index.ts';
import { routing } from '../../i18n/routing.ts';
import type { AgentSession } from '../../store/agent-sessions.ts';
import { getStore } from '../../store/store.ts';
import { readPostedStep } from '../customer/posted-step.ts';
import { savePartialCaseStep } from './save-partial-case-step.ts';

/** The paths of the console's pages. The groups are the case and the step of a step's page. */
const CONSOLE_PAGE_PATTERN =
  /^\/(?:es|en)\/assist(?:\/cases\/([0-9a-f-]{36})\/([a-z-]{1,20})|\/[a-z-]{1,20}(?:\/[\w-]{1,64})?)?$/;

/**
 * Locks a session after a time without input, and saves the half-filled form of the locked page. An unknown path locks the session,
 * too; the agent then returns to the list.
 *
 * @param pagePath of the page that is locked
 */
export async function lockSession(session: AgentSession, pagePath: string, form: FormData): Promise<void> {
  const [path = `/${routing.defaultLocale}/assist`, caseId = '', step = ''] = CONSOLE_PAGE_PATTERN.exec(pagePath) ?? [];
  const { agents, cases } = await getStore();
  const lock = await agents.lock(session.id, path);
  const caseRecord = caseId === '' ? undefined : await cases.find(caseId, session.shop);
  if (lock === 'locked') await recordAgentAction(session, 'session.lock', { caseId: caseRecord?.id });
  if (lock !== 'late' && caseId !== '' && isStepId(step))
    await savePartialCaseStep(session, caseId, readPostedStep(step, form));
}
