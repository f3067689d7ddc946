import type { Defect } from './defect.ts';

const RECONCILE = 'lib/use-cases/submission/reconcile.ts';
const STATEMENTS = 'lib/store/ledger-statements.ts';
const PHONE_CLAIMS = 'lib/store/phone-claims.ts';

/** Of the claim on a phone, and of what other drafts with the same phone do. */
export const PHONES_DEFECTS: readonly Defect[] = [
  {
    name: 'a claim does not take the phone',
    file: STATEMENTS,
    text: '{ changePhone: claimPhone(sendingUntil) }',
    replacement: '{}',
  },
  {
    name: 'two drafts may have the claim on one phone (primary key)',
    file: 'lib/store/migrations/0010_claims.sql',
    text: '"hash" text PRIMARY KEY NOT NULL',
    replacement: '"hash" text NOT NULL',
    also: {
      file: 'lib/store/migrations/contract/0000_claims.sql',
      text: 'ON CONFLICT ("hash") DO UPDATE SET "draft_id" = excluded."draft_id", "until" = excluded."until"\nWHERE "claims"."draft_id" <> excluded."draft_id"',
      replacement: '',
    },
  },
  {
    name: 'a draft keeps and frees the phone that another one has',
    file: PHONE_CLAIMS,
    text: 'eq(claims.draftId, draftId)',
    replacement: 'eq(draftId, draftId)',
  },
  {
    name: 'what is refused keeps its phone',
    file: PHONE_CLAIMS,
    text: '  refused: releasePhone,',
    replacement: '',
  },
  {
    name: 'a claim on a phone runs out while its call is made',
    file: STATEMENTS,
    text: 'fromNow(leaseMs + holdMs), fromNow(holdMs)]',
    replacement: 'NOW_PARAM, fromNow(holdMs)]',
  },
  {
    name: 'a phone is released at once after a lost answer',
    file: STATEMENTS,
    text: 'fromNow(leaseMs + holdMs), fromNow(holdMs)]',
    replacement: 'fromNow(leaseMs + holdMs), NOW_PARAM]',
  },
  {
    name: 'a claim on a phone is released before it has run out',
    file: STATEMENTS,
    text: 'and(isOtherClaim, lt(claims.until, NOW_PARAM))',
    replacement: 'isOtherClaim',
  },
  {
    name: 'a phone is never released after a lost answer',
    file: STATEMENTS,
    text: 'and(isOtherClaim, lt(claims.until, NOW_PARAM))',
    replacement: 'and(isOtherClaim, lt(claims.until, fromNow(-1_000 * hold)))',
  },
  {
    name: 'calls of other drafts for the same phone do not count',
    file: RECONCILE,
    text: 'if (await ledger.hasCompetingSubmission(submission)) return',
    replacement: 'if (submission.looks < 0) return',
  },
  {
    name: 'a press puts aside the answers for other phones',
    file: STATEMENTS,
    text: 'const isForgotten = and(isOtherDraft,',
    replacement: "const isForgotten = and(ne(submissions.draftId, given('draftId')),",
  },
  {
    name: 'a call that was never sent holds its phone like a lost one',
    file: STATEMENTS,
    text: '          changePhone: extendPhoneClaim(receivedUntil),\n',
    replacement: '          changePhone: () => [],\n',
  },
  {
    name: 'what is proved absent holds its phone like a lost call',
    file: STATEMENTS,
    text: 'reconciled: buildIncrement(submissions.reconciled) },\n      { changePhone: extendPhoneClaim(receivedUntil) },',
    replacement: 'reconciled: buildIncrement(submissions.reconciled) },\n      { changePhone: () => [] },',
  },
  {
    name: 'calls for any phone count as calls for the same one',
    file: STATEMENTS,
    text: '          isOtherDraft,\n          gt(submissions.attempt, 0),',
    replacement: "          ne(submissions.draftId, given('draftId')),\n          gt(submissions.attempt, 0),",
  },
];
