import { and, eq, gt, notExists, sql } from 'drizzle-orm';
import type { Keys } from '../crypto/encryption.ts';
import type { Told } from '../domain/journey.ts';
import type { PartnerStart } from '../domain/partner-start.ts';
import type { Database } from './database.ts';
import { decryptJson, encryptValue } from './encrypted-values.ts';
import { AT, given, givenMoment, valuesGiven } from './given.ts';
import { cases, drafts, submissions } from './schema.ts';
import { idOf, newToken } from './token.ts';

/** What is kept of a customer until it is sent: the forms as they were typed. */
export type DraftContent = Told & {
  partner?: PartnerStart;
  /** The mark of the blank form that it was begun with (`lib/domain/form-stamp.ts`). */
  begunBy?: string | undefined;
};
export type Draft = { id: string; version: number; content: DraftContent };

/** Days that a draft waits for its customer; every save starts them anew. */
export const DRAFT_DAYS = 7;

export const sealedDraft = (id: string, content: DraftContent, keys: Keys): string =>
  encryptValue('draft', id, JSON.stringify(content), keys);

export type Drafts = ReturnType<typeof draftStore>;

export function draftStore(database: Database, keys: Keys, now: () => Date) {
  const expiry = () => new Date(now().getTime() + DRAFT_DAYS * 86_400_000).toISOString();
  const sealed = (id: string, content: DraftContent) => sealedDraft(id, content, keys);
  const isVersion = and(eq(drafts.id, given('id')), eq(drafts.version, given('version')));
  const saved = { sealed: given<string>('sealed'), expiresAt: givenMoment('expiresAt') };
  const named = valuesGiven(['id', 'sealed']);
  const insert = database
    .insert(drafts)
    .values({ ...named, version: 1, createdAt: AT, expiresAt: givenMoment('expiresAt') })
    .prepare('new_draft');
  const change = (name: string, version: number) =>
    database
      .update(drafts)
      .set({ ...saved, version: sql`${drafts.version} + ${version}::integer` })
      .where(isVersion)
      .returning({ id: drafts.id })
      .prepare(name);
  const save = change('save_draft', 1);
  const keep = change('keep_draft', 0);
  const found = database
    .select()
    .from(drafts)
    .where(and(eq(drafts.id, given('id')), gt(drafts.expiresAt, AT)))
    .prepare('draft');

  return {
    /** The draft behind a cookie's token, unless it has expired or cannot be decrypted. */
    async find(token: string): Promise<Draft | undefined> {
      const id = idOf(token);
      const [row] = await found.execute({ id, at: now().toISOString() });
      const content = row && decryptJson<DraftContent>('draft', id, row.sealed, keys);
      return content && { id, version: row.version, content };
    },

    /** Whether there is one that has not expired, even if it cannot be decrypted. */
    async has(token: string): Promise<boolean> {
      return (await found.execute({ id: idOf(token), at: now().toISOString() })).length > 0;
    },

    /** Keeps a new draft and returns the token that opens it. */
    async create(content: DraftContent): Promise<string> {
      const token = newToken();
      const id = idOf(token);
      await insert.execute({ id, sealed: sealed(id, content), at: now().toISOString(), expiresAt: expiry() });
      return token;
    },

    /** Saves over the version that was read. False when somebody else saved in between: read again and retry. */
    async update({ id, version }: Pick<Draft, 'id' | 'version'>, content: DraftContent): Promise<boolean> {
      return (await save.execute({ id, version, sealed: sealed(id, content), expiresAt: expiry() })).length > 0;
    },

    /** Deletes a draft whose customer lets go of it, unless it was sent or is in an open case. */
    async discard(token: string): Promise<void> {
      const id = idOf(token);
      const sent = database.select().from(submissions).where(eq(submissions.draftId, id));
      const isOpen = and(eq(cases.draftId, id), eq(cases.state, 'open'));
      const isUnused = and(notExists(sent), notExists(database.select().from(cases).where(isOpen)));
      await database.delete(drafts).where(and(eq(drafts.id, id), isUnused));
    },

    /** Keeps what is no answer yet. The version stays: nothing that would be sent has changed. */
    async note({ id, version }: Pick<Draft, 'id' | 'version'>, content: DraftContent): Promise<boolean> {
      return (await keep.execute({ id, version, sealed: sealed(id, content), expiresAt: expiry() })).length > 0;
    },
  };
}
