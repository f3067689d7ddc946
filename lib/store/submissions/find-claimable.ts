import { asc, type Placeholder, type SQL } from 'drizzle-orm';
import { submissions } from '../schema.ts';
import type { LedgerContext } from './context.ts';

/** Selects rows that are then moved one by one. When two processes find the same row, its fence arbitrates. */
export function prepareFind(
  { database }: LedgerContext,
  name: string,
  where: SQL | undefined,
  limit: number | Placeholder,
) {
  return database
    .select({ id: submissions.id, draftId: submissions.draftId, fence: submissions.fence })
    .from(submissions)
    .where(where)
    .orderBy(asc(submissions.leaseUntil))
    .limit(limit)
    .prepare(name);
}
