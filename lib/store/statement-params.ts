import { and, eq, type Placeholder, type SQL, sql } from 'drizzle-orm';
import { submissions } from './schema.ts';

/**
 * What stands in a prepared statement for a value that comes with each call. The statements of a submission are prepared:
 * to write their text anew each time costs more than to run them.
 */
export const toParam = <T>(name: string): SQL<T> => sql<T>`${sql.placeholder(name)}`;

/** The same for a moment, which comes as ISO 8601. */
export const toTimestampParam = (name: string): SQL<Date> => sql<Date>`${sql.placeholder(name)}::timestamptz`;

/** The moment of the call. */
export const NOW_PARAM = toTimestampParam('at');

/** So many milliseconds from the moment of the call. Counted here: not every engine has intervals. */
export const fromNow = (ms: number): SQL<Date> => {
  const encoder = { mapToDriverValue: (value: unknown) => new Date(Date.parse(String(value)) + ms).toISOString() };
  return sql<Date>`${sql.param(sql.placeholder('at'), encoder)}::timestamptz`;
};

/** Names one submission: its draft tells a distributed database where its rows are. */
export const IS_SUBMISSION = and(eq(submissions.draftId, toParam('draftId')), eq(submissions.id, toParam('id')));

/** Columns of a new row that come with each call under their own names. */
export const toRowParams = <Name extends string>(names: readonly Name[]) =>
  Object.fromEntries(names.map((name) => [name, sql.placeholder(name)])) as Record<Name, Placeholder<Name>>;
