import { isNull, lt, or, type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import type { WithSubquery } from 'drizzle-orm/subquery';
import type { Actor, SubmissionState } from '../domain/submission.ts';
import { buildChangedSubmissions, type ChangedSubmissions, TRANSITION_COLUMNS } from './changed-submissions.ts';
import type { Database } from './database.ts';
import { PHONE_CHANGES, type PhoneChange } from './phone-claims.ts';
import { submissionEvents, submissions } from './schema.ts';
import { NOW_PARAM, toParam } from './statement-params.ts';

/** The right to make one call, or to find out what became of one. A later claim makes it void. */
export type Claim = { id: string; draftId: string; attempt: number; fence: number };
/** Who moves a submission, and a short reason for operators. */
export type EventDetails = { actor: Actor; cause?: string | undefined };
export type SubmissionColumns = {
  [Name in keyof typeof submissions.$inferInsert]?: (typeof submissions.$inferInsert)[Name] | SQL;
};

const CLAIM_COLUMNS = {
  id: submissionEvents.submissionId,
  draftId: sql<string>`${submissionEvents.draftId}`,
  attempt: submissionEvents.attempt,
  fence: submissionEvents.fence,
};

/** Rows that nobody holds any more. */
export const IS_DUE = or(isNull(submissions.leaseUntil), lt(submissions.leaseUntil, NOW_PARAM));

type Counter = typeof submissions.attempt | typeof submissions.fence | typeof submissions.reconciled;
export const buildIncrement = (column: Counter): SQL => sql`${column} + 1`;

/**
 * The only ways to change a submission's state: statements that are prepared once. Each writes the change and its event
 * together.
 */
export function createTransitions(database: Database, now: () => Date) {
  /**
   * @param name of the prepared statement, its own
   * @param changePhone what becomes of the claim on the phone
   * @param additionalChanges what else changes with it, or nothing does
   */
  function withEvent(
    name: string,
    change: SQLWrapper,
    changePhone: PhoneChange,
    additionalChanges: (changedRows: ChangedSubmissions) => WithSubquery[] = () => [],
  ) {
    const changedRows = buildChangedSubmissions(database, change);
    const { id: submissionId, draftId, transitions: sequence, state, attempt, fence } = changedRows;
    const event = {
      ...{ submissionId, draftId, sequence, state, attempt, fence },
      actor: sql<Actor>`${toParam('actor')}::text`.as('actor'),
      cause: sql<string | null>`${toParam('cause')}::text`.as('cause'),
      at: NOW_PARAM.as('at'),
    };
    const statement = database
      .with(changedRows, ...changePhone(database, changedRows), ...additionalChanges(changedRows))
      .insert(submissionEvents)
      .select(database.select(event).from(changedRows))
      .returning(CLAIM_COLUMNS)
      .prepare(name);
    return (values: Record<string, unknown>, { actor, cause }: EventDetails): Promise<Claim[]> =>
      statement.execute({ ...values, actor, cause: cause ?? null, at: now().toISOString() });
  }

  /** Moves the rows that `where` names. The condition is the arbitration: who comes second finds nothing to move. */
  function buildTransition(
    name: string,
    state: SubmissionState,
    where: SQL | undefined,
    columns: SubmissionColumns,
    {
      changePhone = PHONE_CHANGES[state] ?? (() => []),
      additionalChanges,
    }: { changePhone?: PhoneChange; additionalChanges?: (changedRows: ChangedSubmissions) => WithSubquery[] } = {},
  ) {
    const set = { ...columns, state, transitions: sql`${submissions.transitions} + 1`, updatedAt: NOW_PARAM };
    return withEvent(
      name,
      database.update(submissions).set(set).where(where).returning(TRANSITION_COLUMNS),
      changePhone,
      additionalChanges,
    );
  }

  return { withEvent, buildTransition };
}
