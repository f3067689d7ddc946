import type { SQLWrapper } from 'drizzle-orm';
import type { Database } from './database.ts';
import { submissions } from './schema.ts';

/** What a change of submissions returns, so that its event can be written and its claim on a phone changed. */
export const TRANSITION_COLUMNS = {
  id: submissions.id,
  draftId: submissions.draftId,
  phoneHash: submissions.phoneHash,
  state: submissions.state,
  attempt: submissions.attempt,
  fence: submissions.fence,
  transitions: submissions.transitions,
};

/** The rows that a change has moved, for the rest of its statement. */
export const buildChangedSubmissions = (database: Database, change: SQLWrapper) =>
  database.$with('moved', TRANSITION_COLUMNS).as(change.getSQL());
export type ChangedSubmissions = ReturnType<typeof buildChangedSubmissions>;
