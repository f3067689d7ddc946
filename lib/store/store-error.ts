/** What an operator has to know of a database that is of no use, by SQLSTATE (PostgreSQL manual, appendix A) or code. */
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

/** The problem in words, where it is a known one, and its code. */
export const formatProblem = (code: string): string => [PROBLEM_DESCRIPTIONS[code], code].filter(Boolean).join(', ');

/** SQLSTATE (PostgreSQL manual, appendix A) or one of Node's codes. */
const CODE_PATTERN = /^[A-Z0-9_]{3,40}$/;

/**
 * A statement that failed. It names the statement and why, and nothing of what was asked or written: the driver's own error
 * carries the text with all values, and whoever prints an error prints those.
 */
export class StoreError extends Error {
  override name = 'StoreError';
  readonly code: string;

  /**
   * @param code SQLSTATE; Node's code or `QUERY_TIMEOUT`, `CONNECT_TIMEOUT`, `CONNECTION_LOST` when the database did not answer
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

/** Errors of what was asked (PostgreSQL manual, appendix A): data, constraints, statements. Any other is the database's. */
const CLIENT_ERROR_PATTERN = /^(22|23|42)...$/;

/** Whether the database failed, rather than refused what was asked. */
export const isOutage = ({ code }: StoreError): boolean => !CLIENT_ERROR_PATTERN.test(code);

/** Failures after which the server has nothing of the statement: it was ended, undone, or never arrived. */
const UNDONE_PATTERN = /^(40001|40P01|53...|55P03|57014|57P03|CONNECT_TIMEOUT|ECONNREFUSED)$/;

/** Whether a statement that failed is known to have changed nothing, so that it can be made again. */
export const isUndone = (error: unknown): boolean =>
  error instanceof Error && error.name === 'StoreError' && UNDONE_PATTERN.test((error as StoreError).code);

/** What the driver says without a code. */
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

/**
 * How a failure is named in the log: by its class and, where there is one, its code. By its name, since the framework's bundles
 * have a copy of the class each.
 */
export function formatError(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  if (error.name === 'StoreError') return `StoreError ${error.message}`;
  const code = findCode(error);
  return code === 'UNKNOWN' ? error.name : `${error.name} ${code}`;
}
