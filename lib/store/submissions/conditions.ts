import { and, eq, inArray, isNull, lt, ne, or, type SQL, sql } from 'drizzle-orm';
import { submissions } from '../schema.ts';
import { NOW_PARAM, toParam } from '../statement-params.ts';

/** Matches one submission. A distributed database finds its rows by the draft. */
export const IS_SUBMISSION = and(eq(submissions.draftId, toParam('draftId')), eq(submissions.id, toParam('id')));

/** Matches the submission only under its current claim. */
export const IS_FENCE_CURRENT = and(IS_SUBMISSION, eq(submissions.fence, toParam('fence')));

/** Matches rows whose lease is over. */
export const IS_DUE = or(isNull(submissions.leaseUntil), lt(submissions.leaseUntil, NOW_PARAM));

export const IS_OF_DRAFT = eq(submissions.draftId, toParam('draftId'));

/** Matches submissions of other drafts with the same phone. */
export const IS_OTHER_DRAFT = and(
  eq(submissions.phoneHash, toParam('phoneHash')),
  ne(submissions.draftId, toParam('draftId')),
);

export const IS_RECEIVED = eq(submissions.state, 'received');
export const IS_SENDING = eq(submissions.state, 'sending');
export const IS_UNSETTLED = inArray(submissions.state, ['ambiguous', 'reconciling']);
export const IS_PARKED = eq(submissions.state, 'parked');

type Counter = typeof submissions.attempt | typeof submissions.fence | typeof submissions.reconciled;
export const buildIncrement = (column: Counter): SQL => sql`${column} + 1`;
