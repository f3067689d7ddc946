import 'server-only';
import { recordAgentAction } from '../../auth/agent-authorization.ts';
import type { AgentSession } from '../../store/agent-sessions.ts';
import type { Case } from '../../store/cases.ts';
import { getStore } from '../../store/store.ts';
import type { Submission } from '../../store/submissions/queries.ts';

/** Why the upstream said no, in its own code, for those whose work that is. That they looked is written down. */
export async function getRejectionReason(
  session: AgentSession,
  { id }: Case,
  submission: Submission | undefined,
): Promise<string | undefined> {
  if (submission?.state !== 'refused') return undefined;
  await recordAgentAction(session, 'case.reason', { caseId: id });
  const history = await (await getStore()).submissionAdmin.listHistory(submission.id);
  return history.findLast(({ state }) => state === 'refused')?.cause ?? undefined;
}
