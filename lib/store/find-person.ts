import { asc, gt } from 'drizzle-orm';
import { readE164, readPhone } from '../domain/phone/phone.ts';
import type { PhoneRules } from '../domain/phone/phone-rules.ts';
import type { DraftContent } from './drafts.ts';
import { decryptJson } from './encrypted-values.ts';
import type { RepositoryContext } from './repository-context.ts';
import { drafts, helpRequests } from './schema.ts';
import { hashToken } from './token.ts';

/** A phone in its stored spelling and in those in which it may have been submitted. */
export type Person = { phone: string; sentAs: readonly string[]; phoneRules: readonly PhoneRules[] };

/** Ids of the person's rows, and the number of rows that no configured key decrypts. */
type Matches = { ids: string[]; unreadable: number };

const PAGE_ROWS = 500;

/** Finds drafts that contain the phone in any field or partial step. Their content is encrypted, so each draft is read. */
export async function findDraftsOfPerson(
  { database, keys }: RepositoryContext,
  { phone, phoneRules }: Person,
): Promise<Matches> {
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
export async function findHelpRequestsOfDrafts(
  { database, keys }: RepositoryContext,
  draftIds: ReadonlySet<string>,
): Promise<Matches> {
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
