import { type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import type { WithSubquery } from 'drizzle-orm/subquery';
import type { Actor, SubmissionState } from '../../domain/submission.ts';
import { buildEventWrite, type EventSubscription } from '../application-events/write-event.ts';
import type { Database } from '../database.ts';
import { submissionEvents, submissions } from '../schema.ts';
import { NOW_PARAM, toParam, toRowParams, toTimestampParam } from '../statement-params.ts';
import {
  ALLOWED_TRANSITIONS,
  type AllowedActor,
  type AllowedTransition,
  type TransitionName,
} from './allowed-transitions.ts';

/** Identifies one submission. A distributed database finds its rows by the draft. */
export type SubmissionKey = { id: string; draftId: string };
/** The right to make one call, or to look up the result of one. A later claim makes it void. */
export type Claim = SubmissionKey & { attempt: number; fence: number };
/** The actor of a transition, and a short reason for operators. */
export type EventDetails<Allowed extends Actor> = { actor: Allowed; cause?: string | undefined };
type Columns = {
  [Name in keyof typeof submissions.$inferInsert]?: (typeof submissions.$inferInsert)[Name] | SQL;
};

const TRANSITION_COLUMNS = {
  id: submissions.id,
  draftId: submissions.draftId,
  phoneHash: submissions.phoneHash,
  state: submissions.state,
  attempt: submissions.attempt,
  fence: submissions.fence,
  transitions: submissions.transitions,
};
const CLAIM_COLUMNS = {
  id: submissionEvents.submissionId,
  draftId: sql<string>`${submissionEvents.draftId}`,
  attempt: submissionEvents.attempt,
  fence: submissionEvents.fence,
};

/** Names the changed rows for the other parts of their statement. */
export const buildChangedSubmissions = (database: Database, change: SQLWrapper) =>
  database.$with('moved', TRANSITION_COLUMNS).as(change.getSQL());
export type ChangedSubmissions = ReturnType<typeof buildChangedSubmissions>;
/** Builds CTEs that run in the same statement as the change of the submissions. */
export type AdditionalChange = (database: Database, changedRows: ChangedSubmissions) => WithSubquery[];

export type TransitionContext = {
  database: Database;
  now: () => Date;
  /** The partner's endpoints, to which events of the ledger go. */
  subscriptions?: readonly EventSubscription[] | undefined;
};
type Insertion = { insert: Columns & { state: SubmissionState }; phone: AdditionalChange };
type Update = {
  set: Columns & { state: SubmissionState };
  /** Arbitrates: of two statements for one row, the second one matches nothing. */
  where: SQL | undefined;
  phone?: AdditionalChange;
  also?: AdditionalChange;
};

const ROW_PARAMS = {
  ...toRowParams(['id', 'draftId', 'draftVersion', 'phoneHash', 'consent', 'sealedPayload']),
  sendableUntil: toTimestampParam('sendableUntil'),
  transitions: 1,
  createdAt: NOW_PARAM,
  updatedAt: NOW_PARAM,
};

const buildInsert = (database: Database, columns: Insertion['insert']) =>
  database
    .insert(submissions)
    .values({ ...ROW_PARAMS, ...columns })
    .onConflictDoNothing()
    .returning(TRANSITION_COLUMNS);

export const buildUpdate = (database: Database, columns: Columns, where: SQL | undefined) =>
  database.update(submissions).set(columns).where(where).returning(TRANSITION_COLUMNS);

/**
 * Prepares a statement that changes the state of submissions, writes their events and changes their claims on a phone. No
 * other statement changes a state.
 *
 * @param name the name of the prepared statement in `ALLOWED_TRANSITIONS`
 * @returns a function that runs the statement and returns the changed rows
 */
export function prepareTransition<Name extends TransitionName>(
  { database, now, subscriptions = [] }: TransitionContext,
  name: Name,
  transition: Insertion | Update,
) {
  const change =
    'insert' in transition
      ? buildInsert(database, transition.insert)
      : buildUpdate(
          database,
          { ...transition.set, transitions: sql`${submissions.transitions} + 1`, updatedAt: NOW_PARAM },
          transition.where,
        );
  const changedRows = buildChangedSubmissions(database, change);
  const also = 'also' in transition ? transition.also : undefined;
  const additionalChanges = [transition.phone, also, buildPartnerEvent(name, subscriptions)];
  const statement = database
    .with(changedRows, ...additionalChanges.flatMap((build) => build?.(database, changedRows) ?? []))
    .insert(submissionEvents)
    .select(database.select(buildEvent(changedRows)).from(changedRows))
    .returning(CLAIM_COLUMNS)
    .prepare(name);
  return (values: Record<string, unknown>, { actor, cause }: EventDetails<AllowedActor<Name>>): Promise<Claim[]> =>
    statement.execute({ ...values, actor, cause: cause ?? null, at: now().toISOString() });
}

/** Builds the partner's event of a transition, if it has one. */
function buildPartnerEvent(
  name: TransitionName,
  subscriptions: readonly EventSubscription[],
): AdditionalChange | undefined {
  const { event, decision }: AllowedTransition = ALLOWED_TRANSITIONS[name];
  if (event === undefined) return undefined;
  return (database, changedRows) =>
    buildEventWrite(database, subscriptions, {
      rows: changedRows,
      draftId: changedRows.draftId,
      subject: sql`${changedRows.id}::text`,
      sequence: changedRows.transitions,
      type: event,
      decision,
      submissionId: changedRows.id,
    });
}

function buildEvent({ id, draftId, transitions, state, attempt, fence }: ChangedSubmissions) {
  return {
    submissionId: id,
    draftId,
    sequence: transitions,
    state,
    attempt,
    fence,
    actor: sql<Actor>`${toParam('actor')}::text`.as('actor'),
    cause: sql<string | null>`${toParam('cause')}::text`.as('cause'),
    at: NOW_PARAM.as('at'),
  };
}
