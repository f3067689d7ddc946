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
import type { SubmissionKey } from './ledger.ts';
import { cases, drafts, handoverDevices, handovers, helpRequests, submissions } from './schema.ts';
import { IS_SUBMISSION } from './statement-params.ts';
import { hashToken } from './token.ts';
import { buildIncrement, createTransitions, IS_DUE } from './transitions.ts';

const PAGE_ROWS = 500;

/** A phone in the one spelling in which it is kept, and in those in which it may have been sent. */
export type Person = { phone: string; sentAs: readonly string[]; phoneRules: readonly PhoneRules[] };

/** How many rows were taken from a person, and how many could not be. */
export type ErasureResult = {
  drafts: number;
  cases: number;
  helpRequests: number;
  submissions: number;
  /** Submissions without a definite end: they and their drafts stay. Erase again after that. */
  held: number;
  /** Rows of all customers that no configured key opens: whether they are this person's is not known. */
  unreadable: number;
};

export type PrivacyService = ReturnType<typeof createPrivacyService>;

/** What a person may ask for. What ends by itself is in `retention.ts`. */
export function createPrivacyService(database: Database, keys: Keys, now: () => Date) {
  const { buildTransition } = createTransitions(database, now);
  const isReceived = and(IS_SUBMISSION, eq(submissions.state, 'received'), IS_DUE);
  const expire = buildTransition('erase_received', 'expired', isReceived, { fence: buildIncrement(submissions.fence) });

  /** Drafts in which the phone stands: saved, only typed, or in whichever field. They are sealed, so each is read. */
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

  /** Requests for help that lead to one of the drafts. */
  async function findHelpRequests(draftIds: ReadonlySet<string>): Promise<{ ids: string[]; unreadable: number }> {
    const rows = (await database.select().from(helpRequests)).map(({ id, sealed }) => ({
      id,
      draftToken: decryptJson<{ draftToken: string }>('help', id, sealed, keys)?.draftToken,
    }));
    const isTheirs = (draftToken: string | undefined) =>
      draftToken !== undefined && draftIds.has(hashToken(draftToken));
    return {
      ids: rows.filter(({ draftToken }) => isTheirs(draftToken)).map(({ id }) => id),
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

  /** Takes the way to a person from the submissions that have ended. @returns their ids */
  async function clearSubmissions(keys: readonly SubmissionKey[]): Promise<Set<string>> {
    for (const { id, draftId } of keys) await expire({ id, draftId }, { actor: 'operator', cause: 'erased' });
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
     * Takes everything that tells who a person is: drafts, cases with their hand-overs and devices, requests for help, and what
     * leads from the ledger to the person. States, times and the consent's version stay as the proof of what was done. The
     * audit has an entry of every request, whatever was found, with the ids of cases and nothing of the person.
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
 * Whether a text somewhere in a draft is this phone, however it is spelled. A number without its country belongs to the one
 * that is chosen beside it, or may belong to any.
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
