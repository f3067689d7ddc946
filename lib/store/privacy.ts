import { and, eq, inArray, or } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { Keys } from '../crypto/encryption.ts';
import { computeKeyedHash } from '../crypto/keyed-hash.ts';
import { createAuditLog } from './audit-log.ts';
import type { Database } from './database.ts';
import { findDraftsOfPerson, findHelpRequestsOfDrafts, type Person } from './find-person.ts';
import type { RepositoryContext } from './repository-context.ts';
import {
  applications,
  cases,
  drafts,
  handoverDevices,
  handovers,
  helpRequests,
  partnerReferences,
  submissions,
} from './schema.ts';
import { prepareEraseReceived } from './submissions/expire.ts';
import type { SubmissionKey } from './submissions/transition.ts';

/** Numbers of erased rows, and of rows that could not be erased. */
export type ErasureResult = {
  drafts: number;
  cases: number;
  helpRequests: number;
  submissions: number;
  /** Submissions without a definite end: they and their drafts stay, so the operator must erase again later. */
  held: number;
  /** Rows of all customers that no configured key decrypts: they may belong to this person. */
  unreadable: number;
};

type EraseReceived = ReturnType<typeof prepareEraseReceived>;

export type PrivacyService = ReturnType<typeof createPrivacyService>;

/** Erases a person's data on request. `retention/` deletes data after its period. */
export function createPrivacyService(database: Database, keys: Keys, now: () => Date) {
  const context = { database, keys, now };
  const eraseReceived = prepareEraseReceived(context);
  return {
    /**
     * Deletes a person's drafts with the partner's references, cases with hand-overs and devices, and help requests, and empties personal columns of the ledger.
     * States, times and the consent's version stay as proof. Each request adds audit entries with case ids and no personal data.
     */
    erase: (person: Person): Promise<ErasureResult> => erasePerson(context, eraseReceived, person),
  };
}

async function erasePerson(
  context: RepositoryContext,
  eraseReceived: EraseReceived,
  person: Person,
): Promise<ErasureResult> {
  const { database, keys } = context;
  const hashes = person.sentAs.map((phone) => computeKeyedHash(phone, 'phone', keys));
  const caseHash = computeKeyedHash(person.phone, 'case', keys);
  const { draftIds, unreadable } = await findDraftIds(context, person, hashes, caseHash);

  const isOfDraft = inArray(submissions.draftId, [...draftIds]);
  const sentSubmissions = await database
    .select()
    .from(submissions)
    .where(or(inArray(submissions.phoneHash, hashes), isOfDraft));
  const clearedIds = await clearSubmissions(database, eraseReceived, sentSubmissions);
  const openSubmissions = sentSubmissions.filter(({ id }) => !clearedIds.has(id));
  const openDraftIds = new Set(openSubmissions.map(({ draftId }) => draftId));
  const freeDraftIds = new Set([...draftIds].filter((id) => !openDraftIds.has(id)));

  const isOfPerson = or(eq(cases.phoneHash, caseHash), inArray(cases.draftId, [...freeDraftIds]));
  const personCases = await database.select().from(cases).where(isOfPerson);
  const caseIds = personCases.filter(({ draftId }) => !openDraftIds.has(draftId ?? '')).map(({ id }) => id);
  const caseHandovers = await database.select().from(handovers).where(inArray(handovers.caseId, caseIds));
  const handoverIds = caseHandovers.map(({ id }) => id);
  const helpMatches = await findHelpRequestsOfDrafts(context, freeDraftIds);

  await remove(database, handoverDevices.handoverId, handoverIds);
  await remove(database, handovers.caseId, caseIds);
  await remove(database, applications.id, [...freeDraftIds]);
  await remove(database, partnerReferences.draftId, [...freeDraftIds]);
  const result = {
    helpRequests: await remove(database, helpRequests.id, helpMatches.ids),
    cases: await remove(database, cases.id, caseIds),
    drafts: await remove(database, drafts.id, [...freeDraftIds]),
    submissions: clearedIds.size,
    held: openSubmissions.length,
    unreadable: unreadable + helpMatches.unreadable,
  };
  await recordErasure(context, caseIds);
  return result;
}

/** Finds the ids of the person's drafts: by their content, by submissions and by cases. */
async function findDraftIds(
  context: RepositoryContext,
  person: Person,
  phoneHashes: readonly string[],
  caseHash: string,
): Promise<{ draftIds: ReadonlySet<string>; unreadable: number }> {
  const { database } = context;
  const matches = await findDraftsOfPerson(context, person);
  const sentByPhone = await database
    .select()
    .from(submissions)
    .where(inArray(submissions.phoneHash, [...phoneHashes]));
  const casesByPhone = await database.select().from(cases).where(eq(cases.phoneHash, caseHash));
  const linkedIds = [...sentByPhone, ...casesByPhone].flatMap(({ draftId }) => draftId ?? []);
  return { draftIds: new Set([...matches.ids, ...linkedIds]), unreadable: matches.unreadable };
}

/** Removes personal data from the submissions that have ended. @returns their ids */
async function clearSubmissions(
  database: Database,
  eraseReceived: EraseReceived,
  keys: readonly SubmissionKey[],
): Promise<Set<string>> {
  for (const { id, draftId } of keys) await eraseReceived({ id, draftId }, { actor: 'operator', cause: 'erased' });
  const ids = keys.map(({ id }) => id);
  const clearedRows = await database
    .update(submissions)
    .set({ phoneHash: null, emailHash: null, sealedPayload: null, sealedLink: null })
    .where(and(inArray(submissions.id, ids), inArray(submissions.state, ['succeeded', 'refused', 'expired'])))
    .returning({ id: submissions.id });
  return new Set(clearedRows.map(({ id }) => id));
}

/** Deletes the rows whose column has one of the values. @returns their number */
async function remove(database: Database, column: PgColumn, values: readonly string[]): Promise<number> {
  const isMatch = inArray(column, [...values]);
  return (await database.delete(column.table).where(isMatch).returning({ column })).length;
}

async function recordErasure({ database, now }: RepositoryContext, caseIds: readonly string[]): Promise<void> {
  const actorFields = { actor: 'operator', role: undefined, shop: undefined, device: undefined, source: undefined };
  for (const caseId of caseIds.length > 0 ? caseIds : [undefined]) {
    const entry = { at: now().toISOString(), ...actorFields, action: 'person.erased', caseId, fields: [] };
    await createAuditLog(database).append(entry);
  }
}
