import { bigserial, index, jsonb, pgTable, text } from 'drizzle-orm/pg-core';
import { JOURNEY_EVENT_KINDS } from '../../domain/statistics/journey-events.ts';
import { buildTimestamp } from './timestamp.ts';

/** Events of journeys for the statistics: step, time, shop and language, without values and without a customer's id. */
export const journeyEvents = pgTable(
  'journey_events',
  {
    sequence: bigserial('sequence', { mode: 'number' }).primaryKey(),
    /** A keyed hash that groups the events of one journey and does not lead to its draft. */
    journey: text('journey').notNull(),
    at: buildTimestamp('at').notNull(),
    kind: text('kind', { enum: JOURNEY_EVENT_KINDS }).notNull(),
    step: text('step'),
    /** Names of the fields that were wrong. */
    fields: jsonb('fields').$type<readonly string[]>().notNull(),
    lang: text('lang', { enum: ['en', 'es'] }).notNull(),
    /** Set for an assisted journey. */
    shop: text('shop'),
    agent: text('agent'),
  },
  (table) => [index('journey_events_at').on(table.at, table.sequence)],
);
