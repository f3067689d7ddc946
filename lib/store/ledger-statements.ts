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
import { type Consent, type Precheck, type SubmissionState, UNKNOWN_FATE } from '../domain/submission.ts';
import type { Database } from './database.ts';
import { AT, fromNow, given, givenMoment, IS_SUBMISSION, valuesGiven } from './given.ts';
import { type Moved, movedBy, STEP } from './moved.ts';
import { keepPhone, type PhoneChange, takePhone } from './phone-claims.ts';
import { claims, drafts, submissions } from './schema.ts';
import { type Columns, IS_DUE, oneMore, transitions } from './transitions.ts';

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
  const { recorded, transition } = transitions(database, now);
  const fenced = and(IS_SUBMISSION, eq(submissions.fence, given('fence')));
  const isReceived = eq(submissions.state, 'received');
  const isReconciling = and(fenced, eq(submissions.state, 'reconciling'));

  const isClaimed = and(fenced, inArray(submissions.state, ['sending', 'reconciling']));
  const done = { leaseUntil: null, sealedPayload: null };
  const ambiguous = { leaseUntil: fromNow(firstLook), ambiguousSince: AT, looks: 0 };
  const linked = { ...done, sealedLink: given<string>('sealedLink'), linkExpiresAt: fromNow(LINK_MS) };
  // Until nobody has touched a received row for a lease; while a call is made, and so long after its fate became unknown.
  const [receivedUntil, sendingUntil, unknownUntil] = [fromNow(lease), fromNow(lease + hold), fromNow(hold)];
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
  const kept = (name: string, columns: Columns & { state: SubmissionState }, changePhone: PhoneChange) =>
    recorded(
      name,
      database
        .insert(submissions)
        .values({ ...row, ...columns })
        .onConflictDoNothing()
        .returning(STEP),
      changePhone,
    );
  const claimed = { precheck: given<Precheck>('precheck'), leaseUntil: fromNow(lease) };

  const isDraft = eq(submissions.draftId, given('draftId'));
  const isOlder = and(isDraft, lt(submissions.draftVersion, given('draftVersion')));
  const isOtherDraft = and(eq(submissions.phoneHash, given('phoneHash')), ne(submissions.draftId, given('draftId')));
  const isForgotten = and(isOtherDraft, lt(submissions.updatedAt, fromNow(-lease)));
  const isOtherClaim = and(eq(claims.hash, given('phoneHash')), ne(claims.draftId, given('draftId')));
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
  const renewed = movedBy(
    database,
    database
      .update(submissions)
      .set({ consent: given<Consent>('consent'), leaseUntil: givenMoment('leaseUntil'), holdsPhone: true })
      .where(and(IS_SUBMISSION, isReceived, IS_DUE))
      .returning(STEP),
  );

  return {
    receive: kept('receive', { state: 'received', leaseUntil: givenMoment('leaseUntil') }, takePhone(receivedUntil)),
    receiveClaimed: kept(
      'receive_claimed',
      { state: 'sending', ...claimed, attempt: 1, fence: 1 },
      takePhone(sendingUntil),
    ),

    outdate: transition('outdate', 'expired', and(isOlder, isReceived, IS_DUE), done),

    outdateOther: transition('outdate_other', 'expired', and(isForgotten, isReceived, IS_DUE), done),

    releasePhone: database
      .delete(claims)
      .where(and(isOtherClaim, lt(claims.until, AT)))
      .prepare('release_phone'),

    // Rows that instances of the version before `claims` would still refuse a phone for, until `migrate -- --contract`.
    releaseHold: database
      .update(submissions)
      .set({ holdsPhone: false })
      .where(and(isOtherDraft, inArray(submissions.state, UNKNOWN_FATE), lt(unknownSince, fromNow(-hold))))
      .prepare('release_hold'),

    holder: database.select({ until: claims.until }).from(claims).where(isOtherClaim).prepare('holder'),

    renew: database
      .with(renewed, ...takePhone(receivedUntil)(database, renewed))
      .select({ id: renewed.id })
      .from(renewed)
      .prepare('renew'),

    release: database
      .update(submissions)
      .set({ leaseUntil: null })
      .where(and(IS_SUBMISSION, isReceived))
      .prepare('release'),

    claim: transition(
      'claim',
      'sending',
      and(IS_SUBMISSION, isReceived, or(isNull(submissions.sendableUntil), gt(submissions.sendableUntil, AT))),
      { ...claimed, holdsPhone: true, attempt: oneMore(submissions.attempt), fence: oneMore(submissions.fence) },
      { changePhone: takePhone(sendingUntil) },
    ),

    finish: {
      succeeded: transition('finish_succeeded', 'succeeded', isClaimed, linked, { beside: emptied }),
      refused: transition('finish_refused', 'refused', isClaimed, { ...done, outcome: given<string>('outcome') }),
      received: transition(
        'finish_received',
        'received',
        isClaimed,
        { leaseUntil: givenMoment('leaseUntil') },
        {
          changePhone: keepPhone(receivedUntil),
        },
      ),
      ambiguous: transition('finish_ambiguous', 'ambiguous', isClaimed, ambiguous, {
        changePhone: keepPhone(unknownUntil),
      }),
      parked: transition('finish_parked', 'parked', isClaimed, { leaseUntil: null }),
    },

    clear: transition(
      'clear',
      'received',
      isReconciling,
      { leaseUntil: fromNow(lease), ambiguousSince: null, reconciled: oneMore(submissions.reconciled) },
      { changePhone: keepPhone(receivedUntil) },
    ),

    lookAgain: transition('look_again', 'reconciling', isReconciling, {
      leaseUntil: givenMoment('again'),
      looks: given<number>('looks'),
    }),

    rivals: database
      .select({ id: submissions.id })
      .from(submissions)
      .where(
        and(
          isOtherDraft,
          gt(submissions.attempt, 0),
          ne(submissions.state, 'expired'), // proved not to have been processed
          gt(submissions.updatedAt, givenMoment('since')),
        ),
      )
      .limit(1)
      .prepare('rivals'),

    findAllLost: find('find_all_lost', isLost, MOST),
    findLost: find('find_lost', and(isLost, IS_DUE), MOST),
    recover: transition(
      'recover',
      'ambiguous',
      and(fenced, isLost),
      { ...ambiguous, fence: oneMore(submissions.fence) },
      { changePhone: keepPhone(unknownUntil) },
    ),

    findDue: find('find_due', and(isUnsettled, IS_DUE), sql.placeholder('limit')),
    take: transition('take', 'reconciling', and(fenced, isUnsettled, IS_DUE), {
      fence: oneMore(submissions.fence),
      leaseUntil: fromNow(lease),
      // Without a start its age would never reach the end of reconciling.
      ambiguousSince: sql`coalesce(${submissions.ambiguousSince}, ${AT})`,
    }),

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
      .where(
        inArray(
          submissions.id,
          database
            .select({ id: submissions.id })
            .from(submissions)
            .where(and(isNotNull(submissions.sealedLink), lt(submissions.linkExpiresAt, AT)))
            .limit(MOST),
        ),
      )
      .prepare('forget_links'),
  };
}
