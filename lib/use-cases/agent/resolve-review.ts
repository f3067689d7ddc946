import 'server-only';
import { getReference } from '../../domain/text/ids.ts';
import type { AgentSession } from '../../store/agent-sessions.ts';
import { getStore } from '../../store/store.ts';
import { DECISIONS, type Decision } from '../../store/submissions/resolve.ts';

/** Lists the shop's submissions that were not resolved automatically, with their history. */
export async function listReviews({ shop }: Pick<AgentSession, 'shop'>) {
  const { cases, submissionAdmin } = await getStore();
  const unresolvedCases = await cases.listUnresolved(shop);
  return Promise.all(
    unresolvedCases.map(async ({ id, customer, submissionId }) => {
      const story = await submissionAdmin.listHistory(submissionId);
      return { id, customer, story, reference: getReference(submissionId) };
    }),
  );
}

/** `choose`: the supervisor chose no decision or did not confirm it. `changed`: the submission needs no review any more. */
type ResolveResult = { kind: 'resolved' } | { kind: 'choose' } | { kind: 'changed' } | { kind: 'phone-held' };

const isDecision = (text: string): text is Decision => Object.hasOwn(DECISIONS, text);

/** Ends a submission that needs review by a supervisor's decision. A customer who may send again is put back on the list. */
export async function resolveReview(
  { shop }: Pick<AgentSession, 'shop'>,
  caseId: string,
  { decision, isConfirmed }: { decision: string; isConfirmed: boolean },
): Promise<ResolveResult> {
  if (!isDecision(decision) || !isConfirmed) return { kind: 'choose' };
  const { cases, submissionAdmin } = await getStore();
  const unresolvedCase = (await cases.listUnresolved(shop)).find(({ id }) => id === caseId);
  if (!unresolvedCase) return { kind: 'changed' };
  const resolution = await submissionAdmin.resolve(unresolvedCase.submissionId, decision);
  if (resolution !== 'resolved') return { kind: resolution === 'phone-held' ? 'phone-held' : 'changed' };
  if (decision === 'again') await cases.reopen(unresolvedCase);
  return { kind: 'resolved' };
}
