/** Postgres error code `unique_violation`. */
const UNIQUE_VIOLATION = '23505';

/** Returns whether a unique index rejected the statement. The query builder wraps the driver's error as its cause. */
function isUniqueViolation(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return ('code' in error && error.code === UNIQUE_VIOLATION) || isUniqueViolation(error.cause);
}

/**
 * Awaits a statement that a unique index may reject where `on conflict` is not available, as in an update.
 *
 * @returns undefined when the index rejected the statement, which then changed nothing
 */
export async function handleUniqueViolation<T>(statement: Promise<T>): Promise<T | undefined> {
  return statement.catch((error: unknown) => {
    if (isUniqueViolation(error)) return undefined;
    throw error;
  });
}
