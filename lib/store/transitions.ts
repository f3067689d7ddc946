import { isNull, lt, or, type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import type { WithSubquery } from 'drizzle-orm/subquery';
import type { Actor, SubmissionState } from '../domain/submission.ts';
import type { Database } from './database.ts';
import { AT, given } from './given.ts';
import { type Moved, movedBy, STEP } from './moved.ts';
import { PHONE_CHANGES, type PhoneChange } from './phone-claims.ts';
import { submissionEvents, submissions } from './schema.ts';

/** The right to make one call, or to find out what became of one. A later claim makes it void. */
export type Claim = { id: string; draftId: string; attempt: number; fence: number };
/** Who moves a submission, and a short reason for operators. */
export type Note = { actor: Actor; cause?: string | undefined };
export type Columns = {
  [Name in keyof typeof submissions.$inferInsert]?: (typeof submissions.$inferInsert)[Name] | SQL;
};

const CLAIM = {
  id: submissionEvents.submissionId,
  draftId: sql<string>`${submissionEvents.draftId}`,
  attempt: submissionEvents.attempt,
  fence: submissionEvents.fence,
};

/** Rows that nobody holds any more. */
export const IS_DUE = or(isNull(submissions.leaseUntil), lt(submissions.leaseUntil, AT));

type Counter = typeof submissions.attempt | typeof submissions.fence | typeof submissions.reconciled;
export const oneMore = (column: Counter): SQL => sql`${column} + 1`;

/**
 * The only ways to change a submission's state: statements that are prepared once. Each writes the change and its event
 * together.
 */
export function transitions(database: Database, now: () => Date) {
  /**
   * @param name of the prepared statement, its own
   * @param changePhone what becomes of the claim on the phone
   * @param beside what else changes with it, or nothing does
   */
  function recorded(
    name: string,
    change: SQLWrapper,
    changePhone: PhoneChange,
    beside: (moved: Moved) => WithSubquery[] = () => [],
  ) {
    const moved = movedBy(database, change);
    const { id: submissionId, draftId, transitions: sequence, state, attempt, fence } = moved;
    const event = {
      ...{ submissionId, draftId, sequence, state, attempt, fence },
      actor: sql<Actor>`${given('actor')}::text`.as('actor'),
      cause: sql<string | null>`${given('cause')}::text`.as('cause'),
      at: AT.as('at'),
    };
    const statement = database
      .with(moved, ...changePhone(database, moved), ...beside(moved))
      .insert(submissionEvents)
      .select(database.select(event).from(moved))
      .returning(CLAIM)
      .prepare(name);
    return (values: Record<string, unknown>, { actor, cause }: Note): Promise<Claim[]> =>
      statement.execute({ ...values, actor, cause: cause ?? null, at: now().toISOString() });
  }

  /** Moves the rows that `where` names. The condition is the arbitration: who comes second finds nothing to move. */
  function transition(
    name: string,
    state: SubmissionState,
    where: SQL | undefined,
    columns: Columns,
    {
      changePhone = PHONE_CHANGES[state] ?? (() => []),
      beside,
    }: { changePhone?: PhoneChange; beside?: (moved: Moved) => WithSubquery[] } = {},
  ) {
    const set = { ...columns, state, transitions: sql`${submissions.transitions} + 1`, updatedAt: AT };
    return recorded(name, database.update(submissions).set(set).where(where).returning(STEP), changePhone, beside);
  }

  return { recorded, transition };
}
