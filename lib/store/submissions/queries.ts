import { and, desc, eq, gt, inArray, isNotNull, lt, ne, notExists } from 'drizzle-orm';
import { computeKeyedHash } from '../../crypto/keyed-hash.ts';
import type { SubmissionState } from '../../domain/submission.ts';
import { decryptText } from '../encrypted-values.ts';
import { submissions } from '../schema.ts';
import { NOW_PARAM, toParam } from '../statement-params.ts';
import { IS_OF_DRAFT } from './conditions.ts';
import { getIsoAfter, type LedgerContext } from './context.ts';
import { selectNotArrivedDecisions } from './decisions.ts';

/** A submission for the customer's pages. */
export type Submission = {
  id: string;
  draftVersion: number;
  state: SubmissionState;
  /** Of a refusal: its target in the catalogue of upstream responses. */
  outcome: string | undefined;
  link: string | undefined;
  /** The row is received, and a process is about to send it. */
  isBusy: boolean;
};

/** Links that one statement deletes at most. */
const MAX_LINKS = 1_000;

export function createQueries(context: LedgerContext) {
  const { keys, now } = context;
  const findLatest = prepareFindLatest(context);
  const findAbsentCall = prepareFindAbsentCall(context);
  const removeExpiredLinks = prepareRemoveExpiredLinks(context);

  return {
    /** Returns the newest submission of a draft that has not expired. */
    async findLatest(draftId: string): Promise<Submission | undefined> {
      const [row] = await findLatest.execute({ draftId });
      if (!row) return undefined;
      const { id, draftVersion, state, outcome, sealedLink, linkExpiresAt, leaseUntil } = row;
      const isFresh = linkExpiresAt === null || linkExpiresAt > now();
      return {
        id,
        draftVersion,
        state,
        outcome: outcome ?? undefined,
        link: sealedLink && isFresh ? decryptText('link', id, sealedLink, keys) : undefined,
        isBusy: state === 'received' && leaseUntil !== null && leaseUntil > now(),
      };
    },

    /**
     * Returns whether a call of this draft for this phone had an unknown result, and lookups found no user of it, so that it could be
     * sent again. An operator's decision that nothing arrived ends this.
     */
    async hasAbsentCall({ draftId, phone }: { draftId: string; phone: string }): Promise<boolean> {
      const phoneHash = computeKeyedHash(phone, 'phone', keys);
      return (await findAbsentCall.execute({ draftId, phoneHash })).length > 0;
    },

    async removeExpiredLinks(): Promise<void> {
      await removeExpiredLinks.execute({ at: getIsoAfter(now, 0) });
    },
  };
}

function prepareFindLatest({ database }: LedgerContext) {
  const { id, draftVersion, state, outcome, sealedLink, linkExpiresAt, leaseUntil } = submissions;
  return database
    .select({ id, draftVersion, state, outcome, sealedLink, linkExpiresAt, leaseUntil })
    .from(submissions)
    .where(and(IS_OF_DRAFT, ne(submissions.state, 'expired')))
    .orderBy(desc(submissions.draftVersion))
    .limit(1)
    .prepare('latest');
}

function prepareFindAbsentCall({ database }: LedgerContext) {
  return database
    .select({ id: submissions.id })
    .from(submissions)
    .where(
      and(
        IS_OF_DRAFT,
        eq(submissions.phoneHash, toParam('phoneHash')),
        gt(submissions.reconciled, 0),
        ne(submissions.state, 'refused'),
        notExists(selectNotArrivedDecisions(database, toParam('draftId'))),
      ),
    )
    .limit(1)
    .prepare('absent_call');
}

function prepareRemoveExpiredLinks({ database }: LedgerContext) {
  const expiredIds = database
    .select({ id: submissions.id })
    .from(submissions)
    .where(and(isNotNull(submissions.sealedLink), lt(submissions.linkExpiresAt, NOW_PARAM)))
    .limit(MAX_LINKS);
  return database
    .update(submissions)
    .set({ sealedLink: null })
    .where(inArray(submissions.id, expiredIds))
    .prepare('forget_links');
}
