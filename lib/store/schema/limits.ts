import { index, integer, pgTable, text } from 'drizzle-orm/pg-core';
import { buildTimestamp } from './timestamp.ts';

/** Counters of the rate limits. */
export const limits = pgTable(
  'limits',
  {
    key: text('key').primaryKey(),
    points: integer('points').notNull(),
    expire: buildTimestamp('expire'),
  },
  (table) => [index('limits_expire').on(table.expire)],
);
