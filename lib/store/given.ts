import { and, eq, type Placeholder, type SQL, sql } from 'drizzle-orm';
import { submissions } from './schema.ts';

/**
 * What stands in a prepared statement for a value that comes with each call. The statements of a submission are prepared:
 * to write their text anew each time costs more than to run them.
 */
export const given = <T>(name: string): SQL<T> => sql<T>`${sql.placeholder(name)}`;

/** The same for a moment, which comes as ISO 8601. */
export const givenMoment = (name: string): SQL<Date> => sql<Date>`${sql.placeholder(name)}::timestamptz`;

/** The moment of the call. */
export const AT = givenMoment('at');

/** So many milliseconds from the moment of the call. Counted here: not every engine has intervals. */
export const fromNow = (ms: number): SQL<Date> => {
  const later = { mapToDriverValue: (at: unknown) => new Date(Date.parse(String(at)) + ms).toISOString() };
  return sql<Date>`${sql.param(sql.placeholder('at'), later)}::timestamptz`;
};

/** Names one submission: its draft tells a distributed database where its rows are. */
export const IS_SUBMISSION = and(eq(submissions.draftId, given('draftId')), eq(submissions.id, given('id')));

/** Columns of a new row that come with each call under their own names. */
export const valuesGiven = <Name extends string>(names: readonly Name[]) =>
  Object.fromEntries(names.map((name) => [name, sql.placeholder(name)])) as Record<Name, Placeholder<Name>>;
