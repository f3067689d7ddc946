/** Problems of the database for operators, by SQLSTATE (PostgreSQL manual, appendix A) or Node's code. */
const PROBLEM_DESCRIPTIONS: Readonly<Record<string, string>> = {
  '08P01': 'a pooler does not accept what is asked of it',
  '25006': 'it accepts no writes',
  '28000': 'its role, or where it connects from, is not allowed',
  '28P01': 'its password is wrong',
  '3D000': 'its database does not exist',
  '42501': 'its role lacks a right',
  '53100': 'its disk is full',
  '53300': 'it has too many connections',
  '55P03': 'a lock was not free in time',
  '57014': 'a statement took too long',
  '57P03': 'it is starting, stopping or recovering',
  CONNECT_TIMEOUT: 'it gave no connection in time',
  QUERY_TIMEOUT: 'it did not answer in time',
};

/** Returns the description of a known problem and its code. */
export const formatProblem = (code: string): string => [PROBLEM_DESCRIPTIONS[code], code].filter(Boolean).join(', ');

/** Matches SQLSTATE (PostgreSQL manual, appendix A) and Node's codes. */
const CODE_PATTERN = /^[A-Z0-9_]{3,40}$/;

/**
 * A failed statement, with its name and the error's code. The driver's error contains the SQL and all values, which a log
 * would then contain.
 */
export class StoreError extends Error {
  override name = 'StoreError';
  readonly code: string;

  /**
   * @param code SQLSTATE; Node's code or `QUERY_TIMEOUT`, `CONNECT_TIMEOUT`, `CONNECTION_LOST` when the database did not answer
   * @param statement the prepared statement's name, or the kind of statement
   */
  constructor(code: string, statement: string) {
    super(`${code} ${statement}`);
    this.code = code;
  }
}

/** Converts the driver's error and drops the original with its values. */
export function toStoreError(error: unknown, statement: string): StoreError {
  if (error instanceof StoreError) return error;
  const code = findCode(error);
  return new StoreError(code, statement);
}

/**
 * Returns whether the error is a failed statement. It compares the name and not the class, since each of the framework's bundles has
 * its own copy of the class.
 */
export const isStoreError = (error: unknown): error is StoreError =>
  error instanceof Error && error.name === 'StoreError';

/** Errors in data, constraints or statements (PostgreSQL manual, appendix A). All others are failures of the database. */
const CLIENT_ERROR_PATTERN = /^(22|23|42)...$/;

/** Returns whether the database failed, rather than rejected the statement. */
export const isOutage = ({ code }: StoreError): boolean => !CLIENT_ERROR_PATTERN.test(code);

/** Failures after which the statement has no effect: it was ended, rolled back, or never arrived. */
const UNDONE_PATTERN = /^(40001|40P01|53...|55P03|57014|57P03|CONNECT_TIMEOUT|ECONNREFUSED)$/;

/** Returns whether a failed statement has changed nothing and can be retried. */
export const isUndone = (error: unknown): boolean => isStoreError(error) && UNDONE_PATTERN.test(error.code);

/** The driver's messages that come without a code. */
const DRIVER_MESSAGES: readonly (readonly [RegExp, string])[] = [
  [/^Query read timeout$/, 'QUERY_TIMEOUT'],
  [/timeout exceeded when trying to connect|connection timeout|^timeout expired$/, 'CONNECT_TIMEOUT'],
  [/^Connection terminated|not queryable$/, 'CONNECTION_LOST'],
];

function findCode(error: unknown): string {
  if (typeof error !== 'object' || error === null) return 'UNKNOWN';
  const { code, message, cause } = error as { code?: unknown; message?: unknown; cause?: unknown };
  if (typeof code === 'string' && CODE_PATTERN.test(code)) return code;
  const match = DRIVER_MESSAGES.find(([pattern]) => pattern.test(String(message)));
  if (match) return match[1];
  return cause === undefined ? 'UNKNOWN' : findCode(cause);
}

/** Returns an error's class name and code for the log. */
export function formatError(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  if (isStoreError(error)) return `StoreError ${error.message}`;
  const code = findCode(error);
  return code === 'UNKNOWN' ? error.name : `${error.name} ${code}`;
}
