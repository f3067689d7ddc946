import { and, asc, eq, gt, inArray, or } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { Keys } from '../crypto/encryption.ts';
import { keyedHash } from '../crypto/keyed-hash.ts';
import { readE164, readPhone } from '../domain/phone/phone.ts';
import type { PhoneRules } from '../domain/phone/phone-rules.ts';
import { auditLog } from './audit-log.ts';
import type { Database } from './database.ts';
import type { DraftContent } from './drafts.ts';
import { decryptJson } from './encrypted-values.ts';
import { IS_SUBMISSION } from './given.ts';
import type { SubmissionKey } from './ledger.ts';
import { cases, drafts, handoverDevices, handovers, helpRequests, submissions } from './schema.ts';
import { idOf } from './token.ts';
import { IS_DUE, oneMore, transitions } from './transitions.ts';

const PAGE_ROWS = 500;

/** A phone in the one spelling in which it is kept, and in those in which it may have been sent. */
export type Person = { phone: string; sentAs: readonly string[]; phoneRules: readonly PhoneRules[] };

/** How many rows were taken from a person, and how many could not be. */
export type Erased = {
  drafts: number;
  cases: number;
  helpRequests: number;
  submissions: number;
  /** Submissions without a definite end: they and their drafts stay. Erase again after that. */
  held: number;
  /** Rows of all customers that no configured key opens: whether they are this person's is not known. */
  unreadable: number;
};

export type Privacy = ReturnType<typeof privacyStore>;

/** What a person may ask for. What ends by itself is in `retention.ts`. */
export function privacyStore(database: Database, keys: Keys, now: () => Date) {
  const { transition } = transitions(database, now);
  const isReceived = and(IS_SUBMISSION, eq(submissions.state, 'received'), IS_DUE);
  const expire = transition('erase_received', 'expired', isReceived, { fence: oneMore(submissions.fence) });

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
    const isTheirs = (draftToken: string | undefined) => draftToken !== undefined && draftIds.has(idOf(draftToken));
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
  async function emptySubmissions(keys: readonly SubmissionKey[]): Promise<Set<string>> {
    for (const { id, draftId } of keys) await expire({ id, draftId }, { actor: 'operator', cause: 'erased' });
    const ids = keys.map(({ id }) => id);
    const emptied = await database
      .update(submissions)
      .set({ phoneHash: null, emailHash: null, sealedPayload: null, sealedLink: null })
      .where(and(inArray(submissions.id, ids), inArray(submissions.state, ['succeeded', 'refused', 'expired'])))
      .returning({ id: submissions.id });
    return new Set(emptied.map(({ id }) => id));
  }

  return {
    /**
     * Takes everything that tells who a person is: drafts, cases with their hand-overs and devices, requests for help, and what
     * leads from the ledger to the person. States, times and the consent's version stay as the proof of what was done. The
     * audit has an entry of every request, whatever was found, with the ids of cases and nothing of the person.
     */
    async erase(person: Person): Promise<Erased> {
      const found = await findDrafts(person);
      const hashes = person.sentAs.map((phone) => keyedHash(phone, 'phone', keys));
      const caseHash = keyedHash(person.phone, 'case', keys);
      const sentByPhone = await database.select().from(submissions).where(inArray(submissions.phoneHash, hashes));
      const casesByPhone = await database.select().from(cases).where(eq(cases.phoneHash, caseHash));
      const draftIds = new Set([
        ...found.ids,
        ...[...sentByPhone, ...casesByPhone].flatMap(({ draftId }) => draftId ?? []),
      ]);

      const isOfDraft = inArray(submissions.draftId, [...draftIds]);
      const sent = await database
        .select()
        .from(submissions)
        .where(or(inArray(submissions.phoneHash, hashes), isOfDraft));
      const emptied = await emptySubmissions(sent);
      const held = sent.filter(({ id }) => !emptied.has(id));
      const heldDrafts = new Set(held.map(({ draftId }) => draftId));
      const freeDrafts = new Set([...draftIds].filter((id) => !heldDrafts.has(id)));

      const isOfPerson = or(eq(cases.phoneHash, caseHash), inArray(cases.draftId, [...freeDrafts]));
      const theirs = await database.select().from(cases).where(isOfPerson);
      const caseIds = theirs.filter(({ draftId }) => !heldDrafts.has(draftId ?? '')).map(({ id }) => id);
      const ways = await database.select().from(handovers).where(inArray(handovers.caseId, caseIds));
      const asked = await findHelpRequests(freeDrafts);

      await remove(
        handoverDevices.handoverId,
        ways.map(({ id }) => id),
      );
      await remove(handovers.caseId, caseIds);
      const erased = {
        helpRequests: await remove(helpRequests.id, asked.ids),
        cases: await remove(cases.id, caseIds),
        drafts: await remove(drafts.id, [...freeDrafts]),
        submissions: emptied.size,
        held: held.length,
        unreadable: found.unreadable + asked.unreadable,
      };
      await recordErasure(caseIds);
      return erased;
    },
  };

  async function recordErasure(caseIds: readonly string[]): Promise<void> {
    const who = { actor: 'operator', role: undefined, shop: undefined, device: undefined, source: undefined };
    for (const caseId of caseIds.length > 0 ? caseIds : [undefined]) {
      const entry = { at: now().toISOString(), ...who, action: 'person.erased', caseId, fields: [] };
      await auditLog(database).append(entry);
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
  const beside = 'phoneCountry' in value ? String(value.phoneCountry) : phoneCountry;
  return Object.values(value).some((part) => hasPhone(part, phone, rules, beside));
}
