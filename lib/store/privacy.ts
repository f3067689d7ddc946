import { and, asc, eq, gt, inArray, lt, or } from 'drizzle-orm';
import { labelOf } from '../domain/assist/label-of.ts';
import { formOf } from '../domain/journey.ts';
import { holdsDraft } from '../domain/submission.ts';
import { keyedHash } from '../security/keyed-hash.ts';
import { type Keys, unseal } from '../security/sealed.ts';
import type { Database } from './database.ts';
import { type DraftContent, draftLabel } from './drafts.ts';
import {
  agentSessions,
  cases,
  drafts,
  handovers,
  helpRequests,
  journeyEvents,
  limits,
  submissions,
  usedLinks,
} from './schema.ts';

/** Days that a closed case is kept for whoever is asked about it. */
const CLOSED_DAYS = 30;
/** Days that events are kept: a year and a month, so that a month can be held against the same one a year before. */
const EVENT_DAYS = 400;
const DAY_MS = 86_400_000;
const PAGE = 500;

/** A phone in the one spelling in which it is kept, and in those in which it may have been sent. */
export type Person = { phone: string; sentAs: readonly string[]; country: string };

/** How many rows were taken from a person, and how many have no definite end yet and were left: erase again after that. */
export type Erased = { drafts: number; cases: readonly string[]; submissions: number; held: number };

export type Privacy = ReturnType<typeof privacyStore>;

/** What a person may ask for (erasure), and what runs out by itself (retention). */
export function privacyStore(database: Database, keys: Keys, now: () => Date) {
  /** A submission that somebody or something still has to end, or is about to send. One that went well is ended. */
  const isOpen = ({ state, leaseUntil }: typeof submissions.$inferSelect) =>
    state === 'received' ? leaseUntil !== null && leaseUntil > now() : holdsDraft(state) && state !== 'succeeded';

  /** A draft's content; undefined when its key is gone, and with it everything that it said. */
  function contentOf(id: string, sealed: string): DraftContent | undefined {
    try {
      return JSON.parse(unseal(sealed, draftLabel(id), keys)) as DraftContent;
    } catch {
      return undefined;
    }
  }

  /** Drafts whose phone this is. They are sealed, so each is looked into; there are those of seven days at most. */
  async function draftsOf({ phone, country }: Person): Promise<string[]> {
    const found: string[] = [];
    for (let last = ''; ; ) {
      const rows = await database.select().from(drafts).where(gt(drafts.id, last)).orderBy(asc(drafts.id)).limit(PAGE);
      for (const { id, sealed } of rows) {
        const content = contentOf(id, sealed);
        if (content && labelOf(formOf(content, 'identity'), { country }).phone === phone) found.push(id);
      }
      if (rows.length < PAGE) return found;
      last = rows.at(-1)?.id ?? last;
    }
  }

  return {
    /**
     * Takes everything that tells who somebody is: drafts, cases with their hand-overs, and what leads from the ledger to a
     * person. States, times and the consent's version stay: they are the proof of what was done, and nobody's.
     */
    async erase(person: Person): Promise<Erased> {
      const draftIds = await draftsOf(person);
      const hashes = person.sentAs.map((phone) => keyedHash(phone, 'phone', keys));
      const isTheirs = or(inArray(submissions.phoneHash, hashes), inArray(submissions.draftId, draftIds));
      const sent = await database.select().from(submissions).where(isTheirs);
      const [held, ended] = [sent.filter(isOpen), sent.filter((row) => !isOpen(row))];
      const heldDrafts = new Set(held.map(({ draftId }) => draftId));
      const free = [...new Set([...draftIds, ...ended.map(({ draftId }) => draftId)])].filter(
        (id) => !heldDrafts.has(id),
      );

      const nothing = { phoneHash: null, emailHash: null, sealedPayload: null, sealedLink: null };
      const endedIds = ended.map(({ id }) => id);
      await database.update(submissions).set(nothing).where(inArray(submissions.id, endedIds));
      const gone = await database.delete(drafts).where(inArray(drafts.id, free)).returning({ id: drafts.id });
      const caseHash = eq(cases.phoneHash, keyedHash(person.phone, 'case', keys));
      const theirs = await database
        .select()
        .from(cases)
        .where(or(caseHash, inArray(cases.draftId, free)));
      const caseIds = theirs.filter(({ draftId }) => !heldDrafts.has(draftId ?? '')).map(({ id }) => id);
      await database.delete(handovers).where(inArray(handovers.caseId, caseIds));
      await database.delete(cases).where(inArray(cases.id, caseIds));
      return { drafts: gone.length, cases: caseIds, submissions: endedIds.length, held: held.length };
    },

    /** Deletes what has run out. @returns how many rows of each kind */
    async purge(): Promise<Record<string, number>> {
      const before = (days: number) => new Date(now().getTime() - days * DAY_MS);
      const closed = and(eq(cases.state, 'closed'), lt(cases.updatedAt, before(CLOSED_DAYS)));
      const counts = {
        drafts: await database.delete(drafts).where(lt(drafts.expiresAt, now())).returning({ id: drafts.id }),
        cases: await database.delete(cases).where(closed).returning({ id: cases.id }),
        handovers: await database
          .delete(handovers)
          .where(lt(handovers.expiresAt, before(CLOSED_DAYS)))
          .returning(),
        helpRequests: await database
          .delete(helpRequests)
          .where(lt(helpRequests.expiresAt, before(1)))
          .returning(),
        sessions: await database
          .delete(agentSessions)
          .where(lt(agentSessions.createdAt, before(1)))
          .returning(),
        links: await database.delete(usedLinks).where(lt(usedLinks.expiresAt, now())).returning(),
        limits: await database.delete(limits).where(lt(limits.expire, now())).returning(),
        events: await database
          .delete(journeyEvents)
          .where(lt(journeyEvents.at, before(EVENT_DAYS)))
          .returning({ sequence: journeyEvents.sequence }),
      };
      return Object.fromEntries(Object.entries(counts).map(([name, rows]) => [name, rows.length]));
    },
  };
}
