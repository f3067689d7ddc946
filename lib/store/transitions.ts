import { asc, inArray, isNull, lt, or, type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import type { Actor, SubmissionState } from '../domain/submission.ts';
import type { Database } from './database.ts';
import { submissions } from './schema.ts';

/** The right to make one call, or to find out what became of one. A later claim makes it void. */
export type Claim = { id: string; attempt: number; fence: number };
/** Who moves a submission, and a short reason for operators. */
export type Note = { actor: Actor; cause?: string | undefined };
export type Columns = {
  [Name in keyof typeof submissions.$inferInsert]?: (typeof submissions.$inferInsert)[Name] | SQL;
};

/** What a change of a submission returns, so that its event can be written. */
export const STEP = {
  id: submissions.id,
  state: submissions.state,
  attempt: submissions.attempt,
  fence: submissions.fence,
  transitions: submissions.transitions,
};

/** The only ways to change a submission's state. Each writes the change and its event in one statement. */
export function transitions(database: Database, now: () => Date) {
  async function record(change: SQLWrapper, { actor, cause }: Note): Promise<Claim[]> {
    const { rows } = (await database.execute(sql`
      with moved as ${change}
      insert into submission_events (submission_id, sequence, state, attempt, fence, actor, cause, at)
      select id, transitions, state, attempt, fence, ${actor}, ${cause ?? null}::text, ${now().toISOString()}::timestamptz
      from moved
      returning submission_id as id, attempt, fence`)) as unknown as { rows: Claim[] };
    return rows;
  }

  /** Moves the rows that `where` names. The condition is the arbitration: who comes second finds nothing to move. */
  function move(where: SQL | undefined, state: SubmissionState, columns: Columns, note: Note): Promise<Claim[]> {
    const set = { ...columns, state, transitions: sql`${submissions.transitions} + 1`, updatedAt: now() };
    return record(database.update(submissions).set(set).where(where).returning(STEP), note);
  }

  /** Rows that lock nobody out: a worker that finds one locked goes on to the next. */
  const free = (where: SQL | undefined, limit: number) =>
    inArray(
      submissions.id,
      database
        .select({ id: submissions.id })
        .from(submissions)
        .where(where)
        .orderBy(asc(submissions.leaseUntil))
        .limit(limit)
        .for('update', { skipLocked: true }),
    );

  /** Rows that nobody holds any more. */
  const isDue = () => or(isNull(submissions.leaseUntil), lt(submissions.leaseUntil, now()));

  return { record, move, free, isDue };
}
