import { and, asc, lt, sql } from 'drizzle-orm';
import type { Keys } from '../crypto/encryption.ts';
import { computeKeyedHash } from '../crypto/keyed-hash.ts';
import type { JourneyEvent } from '../domain/statistics/journey-events.ts';
import type { Database } from './database.ts';
import { journeyEvents } from './schema.ts';
import { hashToken } from './token.ts';
import { createWriteBuffer } from './write-buffer.ts';

export type NewJourneyEvent = Omit<JourneyEvent, 'journey' | 'at' | 'fields'> & {
  /** The token of the event's draft. */
  token: string;
  fields?: readonly string[];
};

export type JourneyEventRepository = ReturnType<typeof createJourneyEventRepository>;

/** Creates the repository of events for the statistics. */
export function createJourneyEventRepository(
  database: Database,
  keys: Keys,
  now: () => Date,
  onError: (cause: string) => void,
) {
  async function write(events: readonly JourneyEvent[]): Promise<void> {
    await database.execute(sql`
      insert into journey_events (journey, at, kind, step, fields, lang, shop, agent)
      select journey, at, kind, step, fields, lang, shop, agent
      from jsonb_to_recordset(${JSON.stringify(events)}::jsonb) as gathered
        (journey text, at timestamptz, kind text, step text, fields jsonb, lang text, shop text, agent text)`);
  }

  const buffer = createWriteBuffer((): JourneyEvent[] => [], write, onError);

  return {
    /** Adds an event to the next batch. Resolves when the batch is written or lost. */
    add({ token, fields = [], ...event }: NewJourneyEvent): Promise<void> {
      const journey = computeKeyedHash(hashToken(token), 'journey', keys);
      return buffer.add((events) => events.push({ ...event, journey, fields, at: now() }));
    },

    /** Yields the events of a period in their order, and reads them in pages. */
    async *listBetween(from: Date, to: Date, page = 5_000): AsyncGenerator<JourneyEvent> {
      for (let last = { at: from, sequence: 0 }; ; ) {
        const isNext = sql`(${journeyEvents.at}, ${journeyEvents.sequence}) > (${last.at.toISOString()}::timestamptz, ${last.sequence})`;
        const rows = await database
          .select()
          .from(journeyEvents)
          .where(and(isNext, lt(journeyEvents.at, to)))
          .orderBy(asc(journeyEvents.at), asc(journeyEvents.sequence))
          .limit(page);
        yield* rows;
        const lastRow = rows.at(-1);
        if (!lastRow || rows.length < page) return;
        last = lastRow;
      }
    },
  };
}
