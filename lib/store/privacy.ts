import { and, asc, eq, gt, inArray, or } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { Keys } from '../crypto/encryption.ts';
import { computeKeyedHash } from '../crypto/keyed-hash.ts';
import { readE164, readPhone } from '../domain/phone/phone.ts';
import type { PhoneRules } from '../domain/phone/phone-rules.ts';
import { createAuditLog } from './audit-log.ts';
import type { Database } from './database.ts';
import type { DraftContent } from './drafts.ts';
import { decryptJson } from './encrypted-values.ts';
import { cases, drafts, handoverDevices, handovers, helpRequests, submissions } from './schema.ts';
import { prepareEraseReceived } from './submissions/expire.ts';
import type { SubmissionKey } from './submissions/transition.ts';
import { hashToken } from './token.ts';

const PAGE_ROWS = 500;

/** A phone in its stored spelling and in those in which it may have been submitted. */
export type Person = { phone: string; sentAs: readonly string[]; phoneRules: readonly PhoneRules[] };

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

export type PrivacyService = ReturnType<typeof createPrivacyService>;

/** Erases a person's data on request. `retention/` deletes data after its period. */
export function createPrivacyService(database: Database, keys: Keys, now: () => Date) {
  const eraseReceived = prepareEraseReceived({ database, now });

  /** Finds drafts that contain the phone in any field or partial step. Their content is encrypted, so each draft is read. */
  async function findDrafts({ phone, phoneRules }: Person): Promise<{ ids: string[]; unreadable: number }> {
    const ids: string[] = [];
    let unreadable = 0;
    for (let last = ''; ; ) {
      const isNext = gt(drafts.id, last);
      const rows = await database.select().from(drafts).where(isNext).orderBy(asc(drafts.id)).limit(PAGE_ROWS);
      for (const { id, sealed } of rows) {
        const content = decryptJson<DraftContent>('draft', id, sealed, keys);
        if (!content) unreadable += 1;
        else if (hasPhone(content, phone, phoneRules)) ids.push(id);
      }
      if (rows.length < PAGE_ROWS) return { ids, unreadable };
      last = rows.at(-1)?.id ?? last;
    }
  }

  /** Finds help requests that lead to one of the drafts. */
  async function findHelpRequests(draftIds: ReadonlySet<string>): Promise<{ ids: string[]; unreadable: number }> {
    const rows = (await database.select().from(helpRequests)).map(({ id, sealed }) => ({
      id,
      draftToken: decryptJson<{ draftToken: string }>('help', id, sealed, keys)?.draftToken,
    }));
    const isOfDrafts = (draftToken: string | undefined) =>
      draftToken !== undefined && draftIds.has(hashToken(draftToken));
    return {
      ids: rows.filter(({ draftToken }) => isOfDrafts(draftToken)).map(({ id }) => id),
      unreadable: rows.filter(({ draftToken }) => draftToken === undefined).length,
    };
  }

  const remove = async (column: PgColumn, values: readonly string[]) =>
    (
      await database
        .delete(column.table)
        .where(inArray(column, [...values]))
        .returning({ column })
    ).length;

  /** Removes personal data from the submissions that have ended. @returns their ids */
  async function clearSubmissions(keys: readonly SubmissionKey[]): Promise<Set<string>> {
    for (const { id, draftId } of keys) await eraseReceived({ id, draftId }, { actor: 'operator', cause: 'erased' });
    const ids = keys.map(({ id }) => id);
    const clearedRows = await database
      .update(submissions)
      .set({ phoneHash: null, emailHash: null, sealedPayload: null, sealedLink: null })
      .where(and(inArray(submissions.id, ids), inArray(submissions.state, ['succeeded', 'refused', 'expired'])))
      .returning({ id: submissions.id });
    return new Set(clearedRows.map(({ id }) => id));
  }

  return {
    /**
     * Deletes a person's drafts, cases with hand-overs and devices, and help requests, and empties personal columns of the ledger.
     * States, times and the consent's version stay as proof. Each request adds audit entries with case ids and no personal data.
     */
    async erase(person: Person): Promise<ErasureResult> {
      const draftMatches = await findDrafts(person);
      const hashes = person.sentAs.map((phone) => computeKeyedHash(phone, 'phone', keys));
      const caseHash = computeKeyedHash(person.phone, 'case', keys);
      const sentByPhone = await database.select().from(submissions).where(inArray(submissions.phoneHash, hashes));
      const casesByPhone = await database.select().from(cases).where(eq(cases.phoneHash, caseHash));
      const draftIds = new Set([
        ...draftMatches.ids,
        ...[...sentByPhone, ...casesByPhone].flatMap(({ draftId }) => draftId ?? []),
      ]);

      const isOfDraft = inArray(submissions.draftId, [...draftIds]);
      const sentSubmissions = await database
        .select()
        .from(submissions)
        .where(or(inArray(submissions.phoneHash, hashes), isOfDraft));
      const clearedIds = await clearSubmissions(sentSubmissions);
      const heldSubmissions = sentSubmissions.filter(({ id }) => !clearedIds.has(id));
      const heldDrafts = new Set(heldSubmissions.map(({ draftId }) => draftId));
      const freeDrafts = new Set([...draftIds].filter((id) => !heldDrafts.has(id)));

      const isOfPerson = or(eq(cases.phoneHash, caseHash), inArray(cases.draftId, [...freeDrafts]));
      const personCases = await database.select().from(cases).where(isOfPerson);
      const caseIds = personCases.filter(({ draftId }) => !heldDrafts.has(draftId ?? '')).map(({ id }) => id);
      const caseHandovers = await database.select().from(handovers).where(inArray(handovers.caseId, caseIds));
      const helpMatches = await findHelpRequests(freeDrafts);

      await remove(
        handoverDevices.handoverId,
        caseHandovers.map(({ id }) => id),
      );
      await remove(handovers.caseId, caseIds);
      const result = {
        helpRequests: await remove(helpRequests.id, helpMatches.ids),
        cases: await remove(cases.id, caseIds),
        drafts: await remove(drafts.id, [...freeDrafts]),
        submissions: clearedIds.size,
        held: heldSubmissions.length,
        unreadable: draftMatches.unreadable + helpMatches.unreadable,
      };
      await recordErasure(caseIds);
      return result;
    },
  };

  async function recordErasure(caseIds: readonly string[]): Promise<void> {
    const actorFields = { actor: 'operator', role: undefined, shop: undefined, device: undefined, source: undefined };
    for (const caseId of caseIds.length > 0 ? caseIds : [undefined]) {
      const entry = { at: now().toISOString(), ...actorFields, action: 'person.erased', caseId, fields: [] };
      await createAuditLog(database).append(entry);
    }
  }
}

/**
 * Returns whether a draft contains this phone in any spelling. A number without a country code is read with the country chosen
 * next to it, or with every country.
 */
function hasPhone(value: unknown, phone: string, rules: readonly PhoneRules[], phoneCountry = ''): boolean {
  if (typeof value === 'string') {
    const countries = phoneCountry ? [phoneCountry] : rules.map(({ country }) => country);
    return readE164(value) === phone || countries.some((country) => readPhone(value, rules, country)?.e164 === phone);
  }
  if (typeof value !== 'object' || value === null) return false;
  const chosenCountry = 'phoneCountry' in value ? String(value.phoneCountry) : phoneCountry;
  return Object.values(value).some((part) => hasPhone(part, phone, rules, chosenCountry));
}
