import type { Defect } from './defect.ts';

const RECONCILE = 'lib/use-cases/submission/run-reconciliation.ts';
const DISPLACE = 'lib/store/submissions/displace.ts';
const PHONE_CLAIMS = 'lib/store/submissions/phone-claims.ts';
const LOOKUPS = 'lib/store/submissions/lookups.ts';

/** Defects of the claim on a phone, and of the rules for other drafts with the same phone. */
export const PHONES_DEFECTS: readonly Defect[] = [
  {
    name: 'a claim does not take the phone',
    file: 'lib/store/submissions/claim.ts',
    text: '    phone: claimPhone(getPhoneDeadlines(context.times).sending),\n',
    replacement: '',
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
    name: 'a draft extends and releases the claim of another draft',
    file: PHONE_CLAIMS,
    text: 'eq(claims.draftId, draftId)',
    replacement: 'eq(draftId, draftId)',
  },
  {
    name: 'a refused submission keeps its phone',
    file: 'lib/store/submissions/complete.ts',
    text: `outcome: toParam<string>('outcome'), leaseUntil: null, sealedPayload: null },\n    phone: releasePhone,`,
    replacement: `outcome: toParam<string>('outcome'), leaseUntil: null, sealedPayload: null },`,
  },
  {
    name: 'a claim on a phone runs out while its call is made',
    file: PHONE_CLAIMS,
    text: 'sending: getTimeAfter(leaseMs + holdMs)',
    replacement: 'sending: getTimeAfter(0)',
  },
  {
    name: 'a phone is released at once after a lost answer',
    file: PHONE_CLAIMS,
    text: 'ambiguous: getTimeAfter(holdMs)',
    replacement: 'ambiguous: getTimeAfter(0)',
  },
  {
    name: 'a claim on a phone is released before it has run out',
    file: DISPLACE,
    text: 'and(IS_OTHER_CLAIM, lt(claims.until, NOW_PARAM))',
    replacement: 'IS_OTHER_CLAIM',
  },
  {
    name: 'a phone is never released after a lost answer',
    file: DISPLACE,
    text: 'and(IS_OTHER_CLAIM, lt(claims.until, NOW_PARAM))',
    replacement: 'and(IS_OTHER_CLAIM, lt(claims.until, getTimeAfter(-10_000_000_000)))',
  },
  {
    name: 'calls of other drafts for the same phone do not count',
    file: RECONCILE,
    text: 'if (await ledger.hasCompetingSubmission(submission)) return',
    replacement: 'if (submission.absences < 0) return',
  },
  {
    name: 'a submission expires the submissions of other phones',
    file: DISPLACE,
    text: 'const isForgotten = and(IS_OTHER_DRAFT,',
    replacement: "const isForgotten = and(ne(submissions.draftId, toParam('draftId')),",
  },
  {
    name: 'a call that was never sent holds its phone like a lost one',
    file: 'lib/store/submissions/complete.ts',
    text: '    phone: extendPhoneClaim(getPhoneDeadlines(context.times).received),\n',
    replacement: '',
  },
  {
    name: 'a call that is proved absent holds its phone like a lost call',
    file: LOOKUPS,
    text: '    phone: extendPhoneClaim(getPhoneDeadlines(context.times).received),\n',
    replacement: '',
  },
  {
    name: 'calls for any phone count as calls for the same one',
    file: LOOKUPS,
    text: '.where(and(IS_OTHER_DRAFT, mayHaveCalled,',
    replacement: ".where(and(ne(submissions.draftId, toParam('draftId')), mayHaveCalled,",
  },
];
