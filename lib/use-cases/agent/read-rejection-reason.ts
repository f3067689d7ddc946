import 'server-only';
import { record } from '../../auth/current-agent.ts';
import type { AgentSession } from '../../store/agent-sessions.ts';
import type { Case } from '../../store/cases.ts';
import type { Submission } from '../../store/ledger.ts';
import { store } from '../../store/store.ts';

/** Why the upstream said no, in its own code, for those whose work that is. That they looked is written down. */
export async function reasonOf(
  session: AgentSession,
  { id }: Case,
  submission: Submission | undefined,
): Promise<string | undefined> {
  if (submission?.state !== 'refused') return undefined;
  await record(session, 'case.reason', { caseId: id });
  const story = await (await store()).operations.story(submission.id);
  return story.findLast(({ state }) => state === 'refused')?.cause ?? undefined;
}
