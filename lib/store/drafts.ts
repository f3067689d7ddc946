import { and, eq, gt, notExists, sql } from 'drizzle-orm';
import type { Keys } from '../crypto/encryption.ts';
import type { DraftAnswers } from '../domain/journey.ts';
import type { PartnerStart } from '../domain/partner-start.ts';
import { DAY_MS } from '../domain/time.ts';
import type { Database } from './database.ts';
import { decryptJson, encryptValue } from './encrypted-values.ts';
import { cases, drafts, submissions } from './schema.ts';
import { NOW_PARAM, toParam, toRowParams, toTimestampParam } from './statement-params.ts';
import { generateToken, hashToken } from './token.ts';

/** A customer's forms, as typed, until they are submitted. */
export type DraftContent = DraftAnswers & {
  partner?: PartnerStart;
  /** The mark of the blank form that created the draft (`lib/domain/form-stamp.ts`). */
  begunBy?: string | undefined;
};
export type Draft = { id: string; version: number; content: DraftContent };

/** Days after the last save until a draft expires. */
export const DRAFT_DAYS = 7;

export const encryptDraft = (id: string, content: DraftContent, keys: Keys): string =>
  encryptValue('draft', id, JSON.stringify(content), keys);

export type DraftRepository = ReturnType<typeof createDraftRepository>;

export function createDraftRepository(database: Database, keys: Keys, now: () => Date) {
  const getExpiry = () => new Date(now().getTime() + DRAFT_DAYS * DAY_MS).toISOString();
  const encryptContent = (id: string, content: DraftContent) => encryptDraft(id, content, keys);
  const isVersion = and(eq(drafts.id, toParam('id')), eq(drafts.version, toParam('version')));
  const savedColumns = { sealed: toParam<string>('sealed'), expiresAt: toTimestampParam('expiresAt') };
  const rowParams = toRowParams(['id', 'sealed']);
  const insertStatement = database
    .insert(drafts)
    .values({ ...rowParams, version: 1, createdAt: NOW_PARAM, expiresAt: toTimestampParam('expiresAt') })
    .prepare('new_draft');
  const buildUpdate = (name: string, version: number) =>
    database
      .update(drafts)
      .set({ ...savedColumns, version: sql`${drafts.version} + ${version}::integer` })
      .where(isVersion)
      .returning({ id: drafts.id })
      .prepare(name);
  const saveStatement = buildUpdate('save_draft', 1);
  const updateContentStatement = buildUpdate('keep_draft', 0);
  const findStatement = database
    .select()
    .from(drafts)
    .where(and(eq(drafts.id, toParam('id')), gt(drafts.expiresAt, NOW_PARAM)))
    .prepare('draft');

  return {
    /** Finds the draft of a cookie's token, unless it has expired or cannot be decrypted. */
    async find(token: string): Promise<Draft | undefined> {
      const id = hashToken(token);
      const [row] = await findStatement.execute({ id, at: now().toISOString() });
      const content = row && decryptJson<DraftContent>('draft', id, row.sealed, keys);
      return content && { id, version: row.version, content };
    },

    /** Returns whether the token has a live draft, even one that cannot be decrypted. */
    async has(token: string): Promise<boolean> {
      return (await findStatement.execute({ id: hashToken(token), at: now().toISOString() })).length > 0;
    },

    /** Creates a draft and returns its token. */
    async create(content: DraftContent): Promise<string> {
      const token = generateToken();
      const id = hashToken(token);
      await insertStatement.execute({
        id,
        sealed: encryptContent(id, content),
        at: now().toISOString(),
        expiresAt: getExpiry(),
      });
      return token;
    },

    /** Saves over the version that was read. Returns false when another save came first: read again and retry. */
    async update({ id, version }: Pick<Draft, 'id' | 'version'>, content: DraftContent): Promise<boolean> {
      return (
        (await saveStatement.execute({ id, version, sealed: encryptContent(id, content), expiresAt: getExpiry() }))
          .length > 0
      );
    },

    /** Deletes a draft on its customer's request, unless it was submitted or is in an open case. */
    async deleteUnsent(token: string): Promise<void> {
      const id = hashToken(token);
      const sentSubmission = database.select().from(submissions).where(eq(submissions.draftId, id));
      const isOpen = and(eq(cases.draftId, id), eq(cases.state, 'open'));
      const isUnused = and(notExists(sentSubmission), notExists(database.select().from(cases).where(isOpen)));
      await database.delete(drafts).where(and(eq(drafts.id, id), isUnused));
    },

    /** Saves a partial step. The version stays, because nothing that would be submitted has changed. */
    async savePartial({ id, version }: Pick<Draft, 'id' | 'version'>, content: DraftContent): Promise<boolean> {
      return (
        (
          await updateContentStatement.execute({
            id,
            version,
            sealed: encryptContent(id, content),
            expiresAt: getExpiry(),
          })
        ).length > 0
      );
    },
  };
}
