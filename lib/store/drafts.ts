import { and, eq, gt, notExists, sql } from 'drizzle-orm';
import type { Keys } from '../crypto/encryption.ts';
import type { FilledTexts } from '../domain/documents/fill-form.ts';
import type { DraftAnswers } from '../domain/journey.ts';
import type { PartnerStart } from '../domain/partner-start.ts';
import { DAY_MS } from '../domain/time.ts';
import { prepareApplicationStart } from './application-events/start.ts';
import type { EventSubscription } from './application-events/write-event.ts';
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
  /** The texts that a document or a wallet filled in. */
  filled?: FilledTexts;
};
export type Draft = { id: string; version: number; content: DraftContent };

/** Days after the last save until a draft expires. */
export const DRAFT_DAYS = 7;

export const encryptDraft = (id: string, content: DraftContent, keys: Keys): string =>
  encryptValue('draft', id, JSON.stringify(content), keys);

export type DraftRepository = ReturnType<typeof createDraftRepository>;

export function createDraftRepository(
  database: Database,
  keys: Keys,
  now: () => Date,
  subscriptions: readonly EventSubscription[] = [],
) {
  const getExpiry = () => new Date(now().getTime() + DRAFT_DAYS * DAY_MS).toISOString();
  const statements = prepareDraftStatements(database);
  const insertApplication =
    subscriptions.length > 0
      ? prepareApplicationStart({ database, keys, subscriptions }, buildInsert(database))
      : undefined;
  const findRows = (id: string) => statements.find.execute({ id, at: now().toISOString() });
  const buildValues = (id: string, content: DraftContent) => ({
    id,
    sealed: encryptDraft(id, content, keys),
    expiresAt: getExpiry(),
  });

  return {
    /** Finds the draft of a cookie's token, unless it has expired or cannot be decrypted. */
    async find(token: string): Promise<Draft | undefined> {
      const id = hashToken(token);
      const [row] = await findRows(id);
      const content = row && decryptJson<DraftContent>('draft', id, row.sealed, keys);
      return content && { id, version: row.version, content };
    },

    /** Returns whether the token has a live draft, even one that cannot be decrypted. */
    has: async (token: string): Promise<boolean> => (await findRows(hashToken(token))).length > 0,

    /** Creates a draft and returns its token. */
    async create(content: DraftContent): Promise<string> {
      const token = generateToken();
      const values = { ...buildValues(hashToken(token), content), at: now().toISOString() };
      await (insertApplication
        ? insertApplication(values, { token, reference: content.partner?.reference })
        : statements.insert.execute(values));
      return token;
    },

    /** Saves over the version that was read. Returns false when another save came first: read again and retry. */
    update: async ({ id, version }: Pick<Draft, 'id' | 'version'>, content: DraftContent): Promise<boolean> =>
      (await statements.save.execute({ ...buildValues(id, content), version })).length > 0,

    /** Saves a partial step. The version stays, because nothing that would be submitted has changed. */
    savePartial: async ({ id, version }: Pick<Draft, 'id' | 'version'>, content: DraftContent): Promise<boolean> =>
      (await statements.savePartial.execute({ ...buildValues(id, content), version })).length > 0,

    /** Deletes a draft on its customer's request, unless it was submitted or is in an open case. */
    async deleteUnsent(token: string): Promise<void> {
      const id = hashToken(token);
      const sentSubmission = database.select().from(submissions).where(eq(submissions.draftId, id));
      const isOpen = and(eq(cases.draftId, id), eq(cases.state, 'open'));
      const isUnused = and(notExists(sentSubmission), notExists(database.select().from(cases).where(isOpen)));
      await database.delete(drafts).where(and(eq(drafts.id, id), isUnused));
    },
  };
}

const ROW_PARAMS = toRowParams(['id', 'sealed']);
const buildInsert = (database: Database) =>
  database.insert(drafts).values({
    ...ROW_PARAMS,
    version: 1,
    createdAt: NOW_PARAM,
    expiresAt: toTimestampParam('expiresAt'),
  });

function prepareDraftStatements(database: Database) {
  const isVersion = and(eq(drafts.id, toParam('id')), eq(drafts.version, toParam('version')));
  const savedColumns = { sealed: toParam<string>('sealed'), expiresAt: toTimestampParam('expiresAt') };
  const prepareUpdate = (name: string, version: number) =>
    database
      .update(drafts)
      .set({ ...savedColumns, version: sql`${drafts.version} + ${version}::integer` })
      .where(isVersion)
      .returning({ id: drafts.id })
      .prepare(name);
  return {
    insert: buildInsert(database).prepare('new_draft'),
    save: prepareUpdate('save_draft', 1),
    savePartial: prepareUpdate('keep_draft', 0),
    find: database
      .select()
      .from(drafts)
      .where(and(eq(drafts.id, toParam('id')), gt(drafts.expiresAt, NOW_PARAM)))
      .prepare('draft'),
  };
}
