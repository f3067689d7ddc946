import { and, desc, eq, ne, type SQL } from 'drizzle-orm';
import type { Keys } from '../crypto/encryption.ts';
import { computeKeyedHash } from '../crypto/keyed-hash.ts';
import type { SubmissionState } from '../domain/submission.ts';
import { isTokenId } from '../domain/text/ids.ts';
import { updateReference } from './application-events/update-reference.ts';
import type { Database } from './database.ts';
import { drafts, partnerReferences, submissions } from './schema.ts';

/** An application as a partner's reference finds it: no answers and no link. */
export type ReferencedApplication = {
  draftId: string;
  /** It was found by the partner's reference, not by our id. */
  isByReference: boolean;
  startedAt: Date;
  /** The draft can still be continued or corrected. */
  hasDraft: boolean;
  /** The newest submission that has not expired. */
  submission:
    | {
        id: string;
        state: SubmissionState;
        /** A process is about to send it. */
        isBusy: boolean;
        /** The upstream gave a link, which may have been deleted since. */
        hadLink: boolean;
        updatedAt: Date;
      }
    | undefined;
};

export type PartnerReferenceRepository = ReturnType<typeof createPartnerReferenceRepository>;

/** Creates the repository that leads from a partner's reference to its newest application. */
export function createPartnerReferenceRepository(database: Database, keys: Keys, now: () => Date) {
  const computeHash = (reference: string) => computeKeyedHash(reference, 'partner reference', keys);
  return {
    async add(reference: string, draftId: string): Promise<void> {
      const row = { referenceHash: computeHash(reference), draftId, createdAt: now() };
      await database.insert(partnerReferences).values(row).onConflictDoNothing();
      await updateReference({ database, keys }, draftId, reference);
    },

    /**
     * Finds the newest application with the partner's reference, or the one with our id, as long as its draft or a reference to
     * it is kept.
     */
    async find(reference: string): Promise<ReferencedApplication | undefined> {
      const byReference = await findRow(database, eq(partnerReferences.referenceHash, computeHash(reference)));
      const row = byReference ?? (isTokenId(reference) ? await findById(database, reference) : undefined);
      if (!row) return undefined;
      const { draftId, startedAt, expiresAt } = row;
      return {
        draftId,
        isByReference: byReference !== undefined,
        startedAt,
        hasDraft: expiresAt !== null && expiresAt > now(),
        submission: await findSubmission(database, draftId, now()),
      };
    },
  };
}

async function findRow(database: Database, condition: SQL) {
  const { draftId, createdAt } = partnerReferences;
  const [row] = await database
    .select({ draftId, startedAt: createdAt, expiresAt: drafts.expiresAt })
    .from(partnerReferences)
    .leftJoin(drafts, eq(drafts.id, draftId))
    .where(condition)
    .orderBy(desc(createdAt))
    .limit(1);
  return row;
}

async function findById(database: Database, id: string) {
  const [draft] = await database
    .select({ draftId: drafts.id, startedAt: drafts.createdAt, expiresAt: drafts.expiresAt })
    .from(drafts)
    .where(eq(drafts.id, id));
  return draft ?? findRow(database, eq(partnerReferences.draftId, id));
}

async function findSubmission(
  database: Database,
  draftId: string,
  now: Date,
): Promise<ReferencedApplication['submission']> {
  const { id, state, leaseUntil, linkExpiresAt, updatedAt } = submissions;
  const [row] = await database
    .select({ id, state, leaseUntil, linkExpiresAt, updatedAt })
    .from(submissions)
    .where(and(eq(submissions.draftId, draftId), ne(submissions.state, 'expired')))
    .orderBy(desc(submissions.draftVersion))
    .limit(1);
  return (
    row && {
      id: row.id,
      state: row.state,
      isBusy: row.leaseUntil !== null && row.leaseUntil > now,
      hadLink: row.linkExpiresAt !== null,
      updatedAt: row.updatedAt,
    }
  );
}
