import { and, desc, eq, gt, inArray, isNotNull, isNull, lt, ne, or, type SQL, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { type Consent, type Precheck, type SubmissionState, UNKNOWN_FATE } from '../domain/submission.ts';
import type { Database } from './database.ts';
import { AT, fromNow, given, givenMoment, valuesGiven } from './given.ts';
import { drafts, HOLDS_PHONE, submissions } from './schema.ts';
import { type Columns, IS_DUE, type Moved, oneMore, STEP, transitions } from './transitions.ts';

export type LedgerTimes = {
  /** How long a claim protects its row, in milliseconds. Longer than any call may take. */
  lease: number;
  /** How long after it became ambiguous a submission is looked for. */
  firstLook: number;
  /** How long after its fate became unknown a submission keeps other drafts with the same phone from being sent. */
  hold: number;
};

/** Milliseconds that a delivered link stays for the customer who comes back. How long it lives is not published. */
const LINK_MS = 24 * 3_600_000;
/** More rows than this are not moved at once. */
const MOST = 1_000;

/** What pages ask of a submission. */
const CURRENT = {
  id: submissions.id,
  draftVersion: submissions.draftVersion,
  state: submissions.state,
  outcome: submissions.outcome,
  sealedLink: submissions.sealedLink,
  linkExpiresAt: submissions.linkExpiresAt,
  leaseUntil: submissions.leaseUntil,
};

/** What the ledger says to the database, each prepared once. `ledger.ts` says what each is for. */
export function ledgerStatements(database: Database, now: () => Date, { lease, firstLook, hold }: LedgerTimes) {
  const { recorded, transition, free } = transitions(database, now);
  const is = eq(submissions.id, given('id'));
  const fenced = and(is, eq(submissions.fence, given('fence')));
  const isReceived = eq(submissions.state, 'received');
  const isReconciling = and(fenced, eq(submissions.state, 'reconciling'));

  const isClaimed = and(fenced, inArray(submissions.state, ['sending', 'reconciling']));
  const done = { leaseUntil: null, sealedPayload: null };
  const ambiguous = { leaseUntil: fromNow(firstLook), ambiguousSince: AT, looks: 0 };
  const linked = { ...done, sealedLink: given<string>('sealedLink'), linkExpiresAt: fromNow(LINK_MS) };
  const emptied = (moved: Moved) => [
    database.$with('emptied', {}).as(
      database
        .update(drafts)
        .set({ sealed: given<string>('emptyDraft') })
        .where(inArray(drafts.id, database.select({ draftId: moved.draftId }).from(moved)))
        .getSQL(),
    ),
  ];

  const row = {
    ...valuesGiven(['id', 'draftId', 'draftVersion', 'phoneHash', 'consent', 'sealedPayload']),
    sendableUntil: givenMoment('sendableUntil'),
    transitions: 1,
    createdAt: AT,
    updatedAt: AT,
  };
  /** A new row, unless another one is in its way. */
  const kept = (name: string, columns: Columns & { state: SubmissionState }) =>
    recorded(
      name,
      database
        .insert(submissions)
        .values({ ...row, ...columns })
        .onConflictDoNothing()
        .returning(STEP),
    );
  const claimed = { precheck: given<Precheck>('precheck'), leaseUntil: fromNow(lease) };

  const isDraft = eq(submissions.draftId, given('draftId'));
  const older = and(isDraft, lt(submissions.draftVersion, given('draftVersion')));
  const isOtherDraft = and(eq(submissions.phoneHash, given('phoneHash')), ne(submissions.draftId, given('draftId')));
  const forgotten = and(isOtherDraft, lt(submissions.updatedAt, fromNow(-lease)));
  const unknownSince = sql<Date>`coalesce(${submissions.ambiguousSince}, ${submissions.updatedAt})`;

  const rival = alias(submissions, 'rival');
  const isLost = eq(submissions.state, 'sending');
  const recover = (name: string, lost: SQL | undefined) =>
    transition(name, 'ambiguous', free(lost, MOST), { ...ambiguous, fence: oneMore(submissions.fence) });

  return {
    receive: kept('receive', { state: 'received', leaseUntil: givenMoment('leaseUntil') }),
    receiveClaimed: kept('receive_claimed', { state: 'sending', ...claimed, attempt: 1, fence: 1 }),

    outdate: transition('outdate', 'expired', free(and(isReceived, IS_DUE, or(older, forgotten)), 10), {
      ...done,
    }),

    releaseHold: database
      .update(submissions)
      .set({ holdsPhone: false })
      .where(and(isOtherDraft, inArray(submissions.state, UNKNOWN_FATE), lt(unknownSince, fromNow(-hold))))
      .prepare('release_hold'),

    holder: database
      .select({
        state: submissions.state,
        heldUntil: sql`${unknownSince} + ${hold} * interval '1 millisecond'`.mapWith(submissions.updatedAt),
      })
      .from(submissions)
      .where(and(isOtherDraft, HOLDS_PHONE))
      .limit(1)
      .prepare('holder'),

    renew: database
      .update(submissions)
      .set({ consent: given<Consent>('consent'), leaseUntil: givenMoment('leaseUntil'), holdsPhone: true })
      .where(and(is, isReceived, IS_DUE))
      .returning({ id: submissions.id })
      .prepare('renew'),

    release: database.update(submissions).set({ leaseUntil: null }).where(and(is, isReceived)).prepare('release'),

    claim: transition(
      'claim',
      'sending',
      and(is, isReceived, or(isNull(submissions.sendableUntil), gt(submissions.sendableUntil, AT))),
      { ...claimed, holdsPhone: true, attempt: oneMore(submissions.attempt), fence: oneMore(submissions.fence) },
    ),

    finish: {
      succeeded: transition('finish_succeeded', 'succeeded', isClaimed, linked, emptied),
      refused: transition('finish_refused', 'refused', isClaimed, { ...done, outcome: given<string>('outcome') }),
      received: transition('finish_received', 'received', isClaimed, { leaseUntil: givenMoment('leaseUntil') }),
      ambiguous: transition('finish_ambiguous', 'ambiguous', isClaimed, ambiguous),
      parked: transition('finish_parked', 'parked', isClaimed, { leaseUntil: null }),
    },

    clear: transition('clear', 'received', isReconciling, {
      leaseUntil: fromNow(lease),
      ambiguousSince: null,
      reconciled: oneMore(submissions.reconciled),
    }),

    lookAgain: transition('look_again', 'reconciling', isReconciling, {
      leaseUntil: givenMoment('again'),
      looks: sql`${submissions.looks} + ${given('found')}`,
    }),

    rivals: database
      .select({ id: rival.id })
      .from(rival)
      .innerJoin(submissions, and(is, eq(rival.phoneHash, submissions.phoneHash)))
      .where(
        and(
          ne(rival.draftId, submissions.draftId),
          gt(rival.attempt, 0),
          ne(rival.state, 'expired'), // proved not to have been processed
          gt(rival.updatedAt, sql`${submissions.createdAt} - ${lease} * interval '1 millisecond'`),
        ),
      )
      .limit(1)
      .prepare('rivals'),

    recoverAll: recover('recover_all', isLost),
    recoverDue: recover('recover_due', and(isLost, IS_DUE)),

    take: transition(
      'take',
      'reconciling',
      free(and(inArray(submissions.state, ['ambiguous', 'reconciling']), IS_DUE), sql.placeholder('limit')),
      {
        fence: oneMore(submissions.fence),
        leaseUntil: fromNow(lease),
        // Without a start its age would never reach the end of reconciling.
        ambiguousSince: sql`coalesce(${submissions.ambiguousSince}, ${AT})`,
      },
    ),

    latest: database
      .select(CURRENT)
      .from(submissions)
      .where(and(isDraft, ne(submissions.state, 'expired')))
      .orderBy(desc(submissions.draftVersion))
      .limit(1)
      .prepare('latest'),

    forgetLinks: database
      .update(submissions)
      .set({ sealedLink: null })
      .where(free(and(isNotNull(submissions.sealedLink), lt(submissions.linkExpiresAt, AT)), MOST))
      .prepare('forget_links'),
  };
}
