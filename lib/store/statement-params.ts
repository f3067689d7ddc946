import { type Placeholder, type SQL, sql } from 'drizzle-orm';

// Statements are prepared once: building the text of a statement on each call costs more than running it.

/** Returns a parameter of a prepared statement. */
export const toParam = <T>(name: string): SQL<T> => sql<T>`${sql.placeholder(name)}`;

/** Returns a parameter that is passed as an ISO 8601 text and read as a time. */
export const toTimestampParam = (name: string): SQL<Date> => sql<Date>`${sql.placeholder(name)}::timestamptz`;

/** The time of the call, which each statement receives as `at`. */
export const NOW_PARAM = toTimestampParam('at');

/** Returns the time `ms` milliseconds after `NOW_PARAM`, computed in JavaScript: Spanner has no intervals. */
export const getTimeAfter = (ms: number): SQL<Date> => {
  const encoder = { mapToDriverValue: (value: unknown) => new Date(Date.parse(String(value)) + ms).toISOString() };
  return sql<Date>`${sql.param(sql.placeholder('at'), encoder)}::timestamptz`;
};

/** Returns parameters for columns of a new row, named like the columns. */
export const toRowParams = <Name extends string>(names: readonly Name[]) =>
  Object.fromEntries(names.map((name) => [name, sql.placeholder(name)])) as Record<Name, Placeholder<Name>>;
