import { setTimeout as pause } from 'node:timers/promises';
import { and, asc, lt, sql } from 'drizzle-orm';
import type { JourneyEvent } from '../domain/figures/events.ts';
import { keyedHash } from '../security/keyed-hash.ts';
import type { DataKey } from '../security/sealed.ts';
import type { Database } from './database.ts';
import { journeyEvents } from './schema.ts';
import { idOf } from './token.ts';

/** Milliseconds in which events are gathered, to be written with one statement: it costs what one of them would. */
const GATHER_MS = 200;

export type NewEvent = Omit<JourneyEvent, 'journey' | 'at' | 'fields'> & {
  /** The token of the draft that it is about. */
  token: string;
  fields?: readonly string[];
};

export type JourneyEvents = ReturnType<typeof journeyEventStore>;

/** What the figures are made of. */
export function journeyEventStore(database: Database, keys: readonly DataKey[], now: () => Date) {
  let gathering: { events: JourneyEvent[]; written: Promise<void> } | undefined;

  async function write(events: readonly JourneyEvent[]): Promise<void> {
    await pause(GATHER_MS);
    gathering = undefined;
    await database.execute(sql`
      insert into journey_events (journey, at, kind, step, fields, lang, shop, agent)
      select journey, at, kind, step, fields, lang, shop, agent
      from jsonb_to_recordset(${JSON.stringify(events)}::jsonb) as gathered
        (journey text, at timestamptz, kind text, step text, fields jsonb, lang text, shop text, agent text)`);
  }

  function gather() {
    const events: JourneyEvent[] = [];
    return { events, written: write(events) };
  }

  return {
    /** Resolves when it is written, with others of the same moment. Rejects for all of them when they are not. */
    add({ token, fields = [], ...event }: NewEvent): Promise<void> {
      gathering ??= gather();
      gathering.events.push({ ...event, journey: keyedHash(idOf(token), 'journey', keys), fields, at: now() });
      return gathering.written;
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
  };
}
