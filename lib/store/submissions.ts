import { and, desc, eq } from 'drizzle-orm';
import type { SubmissionState } from '../domain/submission.ts';
import { type DataKey, seal, unseal } from '../security/sealed.ts';
import type { Database } from './database.ts';
import type { Draft } from './drafts.ts';
import { submissions } from './schema.ts';

export type Submission = { id: string; state: SubmissionState; link: string | undefined };
export type SubmissionEnd =
  | { state: 'succeeded'; link: string }
  | { state: Exclude<SubmissionState, 'sending' | 'succeeded'> };

/** Longer than any call may take: a row that is still `sending` by then lost its process. */
const LEASE_MS = 30_000;

const label = (id: string) => `link:${id}`;

export type Submissions = ReturnType<typeof submissionStore>;

export function submissionStore(database: Database, keys: readonly DataKey[], now: () => Date) {
  return {
    /**
     * Claims the right to make the one call for this draft. Committed when it resolves.
     *
     * @returns the submission's id, or undefined when another call is live, done or of unknown fate, or when these very
     * answers were refused
     */
    async claim({ id: draftId, version: draftVersion }: Pick<Draft, 'id' | 'version'>): Promise<string | undefined> {
      const at = now();
      const [row] = await database
        .insert(submissions)
        .values({ draftId, draftVersion, state: 'sending', createdAt: at, updatedAt: at })
        .onConflictDoNothing()
        .returning({ id: submissions.id });
      return row?.id;
    },

    /** Writes how a call ended. Only the first word counts. */
    async finish(id: string, end: SubmissionEnd): Promise<void> {
      await database
        .update(submissions)
        .set({
          state: end.state,
          updatedAt: now(),
          ...(end.state === 'succeeded' && { sealedLink: seal(end.link, label(id), keys) }),
        })
        .where(and(eq(submissions.id, id), eq(submissions.state, 'sending')));
    },

    /** The newest submission of a draft. One whose process died in the middle has an unknown fate. */
    async latest(draftId: string): Promise<Submission | undefined> {
      const [row] = await database
        .select()
        .from(submissions)
        .where(eq(submissions.draftId, draftId))
        .orderBy(desc(submissions.createdAt))
        .limit(1);
      if (!row) return undefined;
      const lost = row.state === 'sending' && now().getTime() - row.createdAt.getTime() > LEASE_MS;
      return {
        id: row.id,
        state: lost ? 'unknown' : row.state,
        link: row.sealedLink ? unseal(row.sealedLink, label(row.id), keys) : undefined,
      };
    },
  };
}
