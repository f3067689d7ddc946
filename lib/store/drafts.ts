import { and, eq, gt, lt } from 'drizzle-orm';
import type { Told } from '../domain/journey.ts';
import type { PartnerStart } from '../domain/partner-start.ts';
import { type DataKey, seal, unseal } from '../security/sealed.ts';
import type { Database } from './database.ts';
import { AT, given } from './given.ts';
import { drafts } from './schema.ts';
import { idOf, newToken } from './token.ts';

/** What is kept of a customer until it is sent: the forms as they were typed. */
export type DraftContent = Told & { partner?: PartnerStart };
export type Draft = { id: string; version: number; content: DraftContent };

/** Days that a draft waits for its customer; every save starts them anew. */
export const DRAFT_DAYS = 7;

/** What a draft's seal is bound to. */
export const draftLabel = (id: string) => `draft:${id}`;

export const sealedDraft = (id: string, content: DraftContent, keys: readonly DataKey[]): string =>
  seal(JSON.stringify(content), draftLabel(id), keys);

export type Drafts = ReturnType<typeof draftStore>;

export function draftStore(database: Database, keys: readonly DataKey[], now: () => Date) {
  const expiry = () => new Date(now().getTime() + DRAFT_DAYS * 86_400_000);
  const sealed = (id: string, content: DraftContent) => sealedDraft(id, content, keys);
  const found = database
    .select()
    .from(drafts)
    .where(and(eq(drafts.id, given('id')), gt(drafts.expiresAt, AT)))
    .prepare('draft');

  return {
    /** The draft behind a cookie's token, unless it has expired. */
    async find(token: string): Promise<Draft | undefined> {
      const id = idOf(token);
      const [row] = await found.execute({ id, at: now().toISOString() });
      return (
        row && {
          id,
          version: row.version,
          content: JSON.parse(unseal(row.sealed, draftLabel(id), keys)) as DraftContent,
        }
      );
    },

    /** Keeps a new draft and returns the token that opens it. Expired drafts leave on the way. */
    async create(content: DraftContent): Promise<string> {
      await database.delete(drafts).where(lt(drafts.expiresAt, now()));
      const token = newToken();
      const id = idOf(token);
      await database
        .insert(drafts)
        .values({ id, version: 1, sealed: sealed(id, content), createdAt: now(), expiresAt: expiry() });
      return token;
    },

    /** Saves over the version that was read. False when somebody else saved in between: read again and retry. */
    async update({ id, version }: Pick<Draft, 'id' | 'version'>, content: DraftContent): Promise<boolean> {
      const rows = await database
        .update(drafts)
        .set({ version: version + 1, sealed: sealed(id, content), expiresAt: expiry() })
        .where(and(eq(drafts.id, id), eq(drafts.version, version)))
        .returning({ id: drafts.id });
      return rows.length > 0;
    },

    /** Keeps what is no answer yet. The version stays: nothing that would be sent has changed. */
    async note({ id, version }: Pick<Draft, 'id' | 'version'>, content: DraftContent): Promise<boolean> {
      const rows = await database
        .update(drafts)
        .set({ sealed: sealed(id, content), expiresAt: expiry() })
        .where(and(eq(drafts.id, id), eq(drafts.version, version)))
        .returning({ id: drafts.id });
      return rows.length > 0;
    },
  };
}
