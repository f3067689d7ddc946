/** Postgres: `unique_violation`. */
const UNIQUE_VIOLATION = '23505';

/** Whether a unique index refused a statement: the driver's error is the cause of the query builder's. */
function isUniqueViolation(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return ('code' in error && error.code === UNIQUE_VIOLATION) || isUniqueViolation(error.cause);
}

/**
 * Arbitration by a unique index where `on conflict` is not at hand: an update.
 *
 * @returns undefined when the index refused it: nothing has changed then
 */
export async function handleUniqueViolation<T>(statement: Promise<T>): Promise<T | undefined> {
  return statement.catch((error: unknown) => {
    if (isUniqueViolation(error)) return undefined;
    throw error;
  });
}
