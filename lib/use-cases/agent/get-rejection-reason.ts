import 'server-only';
import { recordAgentAction } from '../../auth/agent-audit.ts';
import type { AgentSession } from '../../store/agent-sessions.ts';
import type { Case } from '../../store/cases.ts';
import { getStore } from '../../store/store.ts';
import type { Submission } from '../../store/submissions/queries.ts';

/** Returns the upstream's code for its refusal, and records in the audit that the agent has seen it. */
export async function getRejectionReason(
  session: AgentSession,
  { id }: Pick<Case, 'id'>,
  submission: Submission | undefined,
): Promise<string | undefined> {
  if (submission?.state !== 'refused') return undefined;
  await recordAgentAction(session, 'case.reason', { caseId: id });
  const history = await (await getStore()).submissionAdmin.listHistory(submission.id);
  return history.findLast(({ state }) => state === 'refused')?.cause ?? undefined;
}
