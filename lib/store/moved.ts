import type { SQLWrapper } from 'drizzle-orm';
import type { Database } from './database.ts';
import { submissions } from './schema.ts';

/** What a change of submissions returns, so that its event can be written and its claim on a phone changed. */
export const STEP = {
  id: submissions.id,
  draftId: submissions.draftId,
  phoneHash: submissions.phoneHash,
  state: submissions.state,
  attempt: submissions.attempt,
  fence: submissions.fence,
  transitions: submissions.transitions,
};

/** The rows that a change has moved, for the rest of its statement. */
export const movedBy = (database: Database, change: SQLWrapper) => database.$with('moved', STEP).as(change.getSQL());
export type Moved = ReturnType<typeof movedBy>;
