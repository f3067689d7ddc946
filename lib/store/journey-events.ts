import { and, asc, lt, sql } from 'drizzle-orm';
import type { JourneyEvent } from '../domain/figures/events.ts';
import { keyedHash } from '../security/keyed-hash.ts';
import type { DataKey } from '../security/sealed.ts';
import type { Database } from './database.ts';
import { AT, valuesGiven } from './given.ts';
import { journeyEvents } from './schema.ts';
import { idOf } from './token.ts';

/** Days that events are kept: a year and a month, so that a month can be held against the same one a year before. */
const KEPT_DAYS = 400;

export type NewEvent = Omit<JourneyEvent, 'journey' | 'at' | 'fields'> & {
  /** The token of the draft that it is about. */
  token: string;
  fields?: readonly string[];
};

export type JourneyEvents = ReturnType<typeof journeyEventStore>;

/** What the figures are made of. */
export function journeyEventStore(database: Database, keys: readonly DataKey[], now: () => Date) {
  const names = ['kind', 'step', 'lang', 'shop', 'agent', 'journey', 'fields'] as const;
  const add = database
    .insert(journeyEvents)
    .values({ ...valuesGiven(names), at: AT })
    .prepare('add_event');

  return {
    async add({ token, fields = [], ...event }: NewEvent): Promise<void> {
      const journey = keyedHash(idOf(token), 'journey', keys);
      await add.execute({ ...event, journey, fields, at: now().toISOString() });
    },

    /** Events of a span of time in their order, in pages. */
    async *between(from: Date, to: Date, page = 5_000): AsyncGenerator<JourneyEvent> {
      for (let last = { at: from, sequence: 0 }; ; ) {
        const isNext = sql`(${journeyEvents.at}, ${journeyEvents.sequence}) > (${last.at.toISOString()}::timestamptz, ${last.sequence})`;
        const rows = await database
          .select()
          .from(journeyEvents)
          .where(and(isNext, lt(journeyEvents.at, to)))
          .orderBy(asc(journeyEvents.at), asc(journeyEvents.sequence))
          .limit(page);
        yield* rows;
        const end = rows.at(-1);
        if (!end || rows.length < page) return;
        last = end;
      }
    },

    /** Forgets what is older than it is kept. */
    async forgetOld(): Promise<void> {
      await database
        .delete(journeyEvents)
        .where(lt(journeyEvents.at, new Date(now().getTime() - KEPT_DAYS * 86_400_000)));
    },
  };
}
