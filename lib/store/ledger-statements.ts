import {
  and,
  asc,
  desc,
  eq,
  gt,
  inArray,
  isNotNull,
  isNull,
  lt,
  ne,
  or,
  type Placeholder,
  type SQL,
  sql,
} from 'drizzle-orm';
import {
  type ConsentRecord,
  type Precheck,
  type SubmissionState,
  UNKNOWN_OUTCOME_STATES,
} from '../domain/submission.ts';
import { buildChangedSubmissions, type ChangedSubmissions, TRANSITION_COLUMNS } from './changed-submissions.ts';
import type { Database } from './database.ts';
import { claimPhone, extendPhoneClaim, type PhoneChange } from './phone-claims.ts';
import { claims, drafts, submissions } from './schema.ts';
import { fromNow, IS_SUBMISSION, NOW_PARAM, toParam, toRowParams, toTimestampParam } from './statement-params.ts';
import { buildIncrement, createTransitions, IS_DUE, type SubmissionColumns } from './transitions.ts';

export type LedgerTimes = {
  /** How long a claim protects its row, in milliseconds. Longer than any call may take. */
  leaseMs: number;
  /** How long after it became ambiguous a submission is looked for. */
  firstLookupMs: number;
  /** How long after its fate became unknown a submission keeps other drafts with the same phone from being sent. */
  holdMs: number;
};

/** Milliseconds that a delivered link stays for the customer who comes back. How long it lives is not published. */
const LINK_MS = 24 * 3_600_000;
/** More rows than this are not moved at once. */
const MAX_ROWS = 1_000;

/** What pages ask of a submission. */
const SUBMISSION_COLUMNS = {
  id: submissions.id,
  draftVersion: submissions.draftVersion,
  state: submissions.state,
  outcome: submissions.outcome,
  sealedLink: submissions.sealedLink,
  linkExpiresAt: submissions.linkExpiresAt,
  leaseUntil: submissions.leaseUntil,
};

/** What the ledger says to the database, each prepared once. `ledger.ts` says what each is for. */
export function createLedgerStatements(
  database: Database,
  now: () => Date,
  { leaseMs, firstLookupMs, holdMs }: LedgerTimes,
) {
  const { withEvent, buildTransition } = createTransitions(database, now);
  const isFenceCurrent = and(IS_SUBMISSION, eq(submissions.fence, toParam('fence')));
  const isReceived = eq(submissions.state, 'received');
  const isReconciling = and(isFenceCurrent, eq(submissions.state, 'reconciling'));

  const isClaimed = and(isFenceCurrent, inArray(submissions.state, ['sending', 'reconciling']));
  const endColumns = { leaseUntil: null, sealedPayload: null };
  const ambiguousColumns = { leaseUntil: fromNow(firstLookupMs), ambiguousSince: NOW_PARAM, looks: 0 };
  const linkColumns = { ...endColumns, sealedLink: toParam<string>('sealedLink'), linkExpiresAt: fromNow(LINK_MS) };
  // Until nobody has touched a received row for a lease; while a call is made, and so long after its fate became unknown.
  const [receivedUntil, sendingUntil, unknownUntil] = [fromNow(leaseMs), fromNow(leaseMs + holdMs), fromNow(holdMs)];
  const clearDraft = (changedRows: ChangedSubmissions) => [
    database.$with('emptied', {}).as(
      database
        .update(drafts)
        .set({ sealed: toParam<string>('emptyDraft') })
        .where(inArray(drafts.id, database.select({ draftId: changedRows.draftId }).from(changedRows)))
        .getSQL(),
    ),
  ];

  const rowParams = {
    ...toRowParams(['id', 'draftId', 'draftVersion', 'phoneHash', 'consent', 'sealedPayload']),
    sendableUntil: toTimestampParam('sendableUntil'),
    transitions: 1,
    createdAt: NOW_PARAM,
    updatedAt: NOW_PARAM,
  };
  /** A new row, unless another one is in its way. */
  const insertSubmission = (
    name: string,
    columns: SubmissionColumns & { state: SubmissionState },
    changePhone: PhoneChange,
  ) =>
    withEvent(
      name,
      database
        .insert(submissions)
        .values({ ...rowParams, ...columns })
        .onConflictDoNothing()
        .returning(TRANSITION_COLUMNS),
      changePhone,
    );
  const claimColumns = { precheck: toParam<Precheck>('precheck'), leaseUntil: fromNow(leaseMs) };

  const isDraft = eq(submissions.draftId, toParam('draftId'));
  const isOlder = and(isDraft, lt(submissions.draftVersion, toParam('draftVersion')));
  const isOtherDraft = and(
    eq(submissions.phoneHash, toParam('phoneHash')),
    ne(submissions.draftId, toParam('draftId')),
  );
  const isForgotten = and(isOtherDraft, lt(submissions.updatedAt, fromNow(-leaseMs)));
  const isOtherClaim = and(eq(claims.hash, toParam('phoneHash')), ne(claims.draftId, toParam('draftId')));
  const unknownSince = sql<Date>`coalesce(${submissions.ambiguousSince}, ${submissions.updatedAt})`;

  const isLost = eq(submissions.state, 'sending');
  const isUnsettled = inArray(submissions.state, ['ambiguous', 'reconciling']);
  /** Rows to move one by one. Who finds them too loses by the fence. */
  const find = (name: string, where: SQL | undefined, limit: number | Placeholder) =>
    database
      .select({ id: submissions.id, draftId: submissions.draftId, fence: submissions.fence })
      .from(submissions)
      .where(where)
      .orderBy(asc(submissions.leaseUntil))
      .limit(limit)
      .prepare(name);
  const renewedRows = buildChangedSubmissions(
    database,
    database
      .update(submissions)
      .set({ consent: toParam<ConsentRecord>('consent'), leaseUntil: toTimestampParam('leaseUntil'), holdsPhone: true })
      .where(and(IS_SUBMISSION, isReceived, IS_DUE))
      .returning(TRANSITION_COLUMNS),
  );

  return {
    insertReceived: insertSubmission(
      'receive',
      { state: 'received', leaseUntil: toTimestampParam('leaseUntil') },
      claimPhone(receivedUntil),
    ),
    insertClaimed: insertSubmission(
      'receive_claimed',
      { state: 'sending', ...claimColumns, attempt: 1, fence: 1 },
      claimPhone(sendingUntil),
    ),

    expireStale: buildTransition('outdate', 'expired', and(isOlder, isReceived, IS_DUE), endColumns),

    expireStaleOther: buildTransition('outdate_other', 'expired', and(isForgotten, isReceived, IS_DUE), endColumns),

    releasePhone: database
      .delete(claims)
      .where(and(isOtherClaim, lt(claims.until, NOW_PARAM)))
      .prepare('release_phone'),

    // Rows that instances of the version before `claims` would still refuse a phone for, until `migrate -- --contract`.
    releaseHold: database
      .update(submissions)
      .set({ holdsPhone: false })
      .where(and(isOtherDraft, inArray(submissions.state, UNKNOWN_OUTCOME_STATES), lt(unknownSince, fromNow(-holdMs))))
      .prepare('release_hold'),

    findPhoneHolder: database.select({ until: claims.until }).from(claims).where(isOtherClaim).prepare('holder'),

    renew: database
      .with(renewedRows, ...claimPhone(receivedUntil)(database, renewedRows))
      .select({ id: renewedRows.id })
      .from(renewedRows)
      .prepare('renew'),

    release: database
      .update(submissions)
      .set({ leaseUntil: null })
      .where(and(IS_SUBMISSION, isReceived))
      .prepare('release'),

    claim: buildTransition(
      'claim',
      'sending',
      and(IS_SUBMISSION, isReceived, or(isNull(submissions.sendableUntil), gt(submissions.sendableUntil, NOW_PARAM))),
      {
        ...claimColumns,
        holdsPhone: true,
        attempt: buildIncrement(submissions.attempt),
        fence: buildIncrement(submissions.fence),
      },
      { changePhone: claimPhone(sendingUntil) },
    ),

    recordResult: {
      succeeded: buildTransition('finish_succeeded', 'succeeded', isClaimed, linkColumns, {
        additionalChanges: clearDraft,
      }),
      refused: buildTransition('finish_refused', 'refused', isClaimed, {
        ...endColumns,
        outcome: toParam<string>('outcome'),
      }),
      received: buildTransition(
        'finish_received',
        'received',
        isClaimed,
        { leaseUntil: toTimestampParam('leaseUntil') },
        {
          changePhone: extendPhoneClaim(receivedUntil),
        },
      ),
      ambiguous: buildTransition('finish_ambiguous', 'ambiguous', isClaimed, ambiguousColumns, {
        changePhone: extendPhoneClaim(unknownUntil),
      }),
      parked: buildTransition('finish_parked', 'parked', isClaimed, { leaseUntil: null }),
    },

    recordNotSent: buildTransition(
      'clear',
      'received',
      isReconciling,
      { leaseUntil: fromNow(leaseMs), ambiguousSince: null, reconciled: buildIncrement(submissions.reconciled) },
      { changePhone: extendPhoneClaim(receivedUntil) },
    ),

    scheduleRecheck: buildTransition('look_again', 'reconciling', isReconciling, {
      leaseUntil: toTimestampParam('again'),
      looks: toParam<number>('looks'),
    }),

    competingSubmissions: database
      .select({ id: submissions.id })
      .from(submissions)
      .where(
        and(
          isOtherDraft,
          gt(submissions.attempt, 0),
          ne(submissions.state, 'expired'), // proved not to have been processed
          gt(submissions.updatedAt, toTimestampParam('since')),
        ),
      )
      .limit(1)
      .prepare('rivals'),

    findAllLostCalls: find('find_all_lost', isLost, MAX_ROWS),
    findLostCalls: find('find_lost', and(isLost, IS_DUE), MAX_ROWS),
    recordLostCall: buildTransition(
      'recover',
      'ambiguous',
      and(isFenceCurrent, isLost),
      { ...ambiguousColumns, fence: buildIncrement(submissions.fence) },
      { changePhone: extendPhoneClaim(unknownUntil) },
    ),

    findDue: find('find_due', and(isUnsettled, IS_DUE), sql.placeholder('limit')),
    claimDue: buildTransition('take', 'reconciling', and(isFenceCurrent, isUnsettled, IS_DUE), {
      fence: buildIncrement(submissions.fence),
      leaseUntil: fromNow(leaseMs),
      // Without a start its age would never reach the end of reconciling.
      ambiguousSince: sql`coalesce(${submissions.ambiguousSince}, ${NOW_PARAM})`,
    }),

    findLatest: database
      .select(SUBMISSION_COLUMNS)
      .from(submissions)
      .where(and(isDraft, ne(submissions.state, 'expired')))
      .orderBy(desc(submissions.draftVersion))
      .limit(1)
      .prepare('latest'),

    removeExpiredLinks: database
      .update(submissions)
      .set({ sealedLink: null })
      .where(
        inArray(
          submissions.id,
          database
            .select({ id: submissions.id })
            .from(submissions)
            .where(and(isNotNull(submissions.sealedLink), lt(submissions.linkExpiresAt, NOW_PARAM)))
            .limit(MAX_ROWS),
        ),
      )
      .prepare('forget_links'),
  };
}
