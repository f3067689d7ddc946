import { timestamp } from 'drizzle-orm/pg-core';

/** Builds a column of type `timestamptz` that is read and written as a `Date`. */
export const buildTimestamp = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });
