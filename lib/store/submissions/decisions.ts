import { and, eq, type SQL, type SQLWrapper } from 'drizzle-orm';
import type { Database } from '../database.ts';
import { submissionEvents, submissions } from '../schema.ts';

/**
 * Selects the operators' decisions that no call of a draft arrived. After one, a user whom the upstream knows is no reason for another
 * decision: the customer would wait again for the same one.
 */
export function selectNotArrivedDecisions(database: Database, draftId: string | SQL | SQLWrapper) {
  const { submissionId, actor, state } = submissionEvents;
  return database
    .select({ submissionId })
    .from(submissionEvents)
    .innerJoin(submissions, eq(submissions.id, submissionId))
    .where(and(eq(submissions.draftId, draftId), eq(actor, 'operator'), eq(state, 'received')));
}
