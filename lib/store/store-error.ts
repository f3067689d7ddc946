/** SQLSTATE (PostgreSQL manual, appendix A) or one of Node's codes. */
const CODE = /^[A-Z0-9_]{3,40}$/;

/**
 * A statement that failed. It names the statement and why, and nothing of what was asked or written: the driver's own error
 * carries the text with all values, and whoever prints an error prints those.
 */
export class StoreError extends Error {
  override name = 'StoreError';
  readonly code: string;

  /**
   * @param code SQLSTATE, or Node's code when the database could not be asked
   * @param statement the prepared statement's name, or what kind of statement it was
   */
  constructor(code: string, statement: string) {
    super(`${code} ${statement}`);
    this.code = code;
  }
}

/** The driver's error as ours; the original with its values is dropped. */
export function toStoreError(error: unknown, statement: string): StoreError {
  if (error instanceof StoreError) return error;
  const code = findCode(error);
  return new StoreError(code, statement);
}

function findCode(error: unknown): string {
  if (typeof error !== 'object' || error === null) return 'UNKNOWN';
  const { code, cause } = error as { code?: unknown; cause?: unknown };
  if (typeof code === 'string' && CODE.test(code)) return code;
  return cause === undefined ? 'UNKNOWN' : findCode(cause);
}

/** How a failure is named in the log: by its class, and by its code when the store has one. */
export const describeError = (error: unknown): string =>
  error instanceof StoreError ? `StoreError ${error.message}` : error instanceof Error ? error.name : typeof error;
