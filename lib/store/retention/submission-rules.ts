import { and, inArray, isNotNull, isNull, lt, or, type SQL, sql } from 'drizzle-orm';
import { DAY_MS } from '../../domain/time.ts';
import { claims, submissions } from '../schema.ts';
import { NOW_PARAM } from '../statement-params.ts';
import { prepareExpireReceived, prepareRefuseUndecided } from '../submissions/expire.ts';
import { LONG_PERIOD_MS, type RetentionContext, type RetentionRule } from './rule.ts';

/** The period of links without an end of their own, which an early version stored. */
const LINK_MS = DAY_MS;

/** Returns the rules of submissions and of claims on phones. */
export function createSubmissionRules(context: RetentionContext): readonly RetentionRule[] {
  return [...createEndingRules(context), ...createEmptyingRules(context), createClaimRule(context)];
}

const HAS_ENDED = inArray(submissions.state, ['succeeded', 'refused', 'expired']);

/** Returns the rules that end submissions. */
function createEndingRules(context: RetentionContext): readonly RetentionRule[] {
  const { hasDraft, buildLockedRows } = context;
  const lockRows = (condition: SQL | undefined) =>
    buildLockedRows(
      { key: submissions.id, orderColumn: submissions.leaseUntil, getCondition: () => condition },
      sql.placeholder('rows'),
    );
  const expireReceived = prepareExpireReceived(context, lockRows, hasDraft(submissions.draftId, NOW_PARAM));
  const refuseUndecided = prepareRefuseUndecided(context, lockRows);
  return [
    {
      kind: 'received',
      what: 'submissions that were never processed',
      period: 'until their draft ends',
      ends: [submissions.sealedPayload],
      batches: [
        async (rows) => ({
          rows: (await expireReceived({ rows }, { actor: 'reconciler', cause: 'draft ended' })).length,
        }),
      ],
    },
    {
      kind: 'undecided',
      what: 'submissions without a definite end',
      period: '30 days after the last change, then refused',
      ends: [submissions.sealedPayload],
      batches: [
        async (rows) => ({
          rows: (await refuseUndecided({ rows }, { actor: 'reconciler', cause: 'no decision in time' })).length,
        }),
      ],
    },
  ];
}

/** Returns the rules that empty columns of submissions. */
function createEmptyingRules(context: RetentionContext): readonly RetentionRule[] {
  const { getTimeBefore, createSubmissionUpdate } = context;
  return [
    {
      kind: 'payloads',
      what: 'answers of submissions that have ended',
      period: 'emptied with the end',
      ends: [submissions.sealedPayload],
      batches: [
        createSubmissionUpdate({ sealedPayload: null }, submissions.updatedAt, () =>
          and(isNotNull(submissions.sealedPayload), HAS_ENDED),
        ),
      ],
    },
    createLinkRule(context),
    {
      kind: 'hashes',
      what: 'keyed hashes of phones in the ledger (and of e-mails, from earlier versions)',
      period: '400 days',
      ends: [submissions.phoneHash, submissions.emailHash],
      batches: [
        createSubmissionUpdate({ phoneHash: null, emailHash: null }, submissions.createdAt, () =>
          and(
            or(isNotNull(submissions.phoneHash), isNotNull(submissions.emailHash)),
            lt(submissions.createdAt, getTimeBefore(LONG_PERIOD_MS)),
            HAS_ENDED,
          ),
        ),
      ],
    },
  ];
}

function createLinkRule({ now, getTimeBefore, createSubmissionUpdate }: RetentionContext): RetentionRule {
  return {
    kind: 'links',
    what: 'session links',
    period: '24 hours',
    ends: [submissions.sealedLink],
    batches: [
      createSubmissionUpdate({ sealedLink: null }, submissions.linkExpiresAt, () =>
        and(isNotNull(submissions.sealedLink), lt(submissions.linkExpiresAt, now())),
      ),
      createSubmissionUpdate({ sealedLink: null }, submissions.linkExpiresAt, () =>
        and(
          isNotNull(submissions.sealedLink),
          isNull(submissions.linkExpiresAt),
          lt(submissions.updatedAt, getTimeBefore(LINK_MS)),
        ),
      ),
    ],
  };
}

function createClaimRule({ now, createDeletion }: RetentionContext): RetentionRule {
  return {
    kind: 'claims',
    what: 'claims on phones: keyed hashes',
    period: 'until the submission has ended, or the claim expires',
    ends: claims,
    batches: [createDeletion(claims.hash, claims.until, () => lt(claims.until, now()))],
  };
}
