/** What can happen to a call that creates a user. `ms` of the fault is the delay where a mode has one. */
export const CALL_MODES = [
  'connection refused',
  /** The first byte waits for a connection. */
  'connection late',
  /** 429, or 503 with `Retry-After`: turned away before any work. */
  'busy',
  'busy with a wait',
  /** 500 before any work, and after all of it. */
  'fails before',
  'fails after',
  /** Bytes have left and nothing arrives. */
  'request lost',
  'request late',
  'answer lost',
  'answer late',
  'answer without a link',
  'key denied',
] as const;
/** After these, the process does not know whether the call was processed. */
export const UNKNOWN_RESULT_MODES = [
  'request lost',
  'request late',
  'answer lost',
  'answer late',
  'fails before',
  'fails after',
  'answer without a link',
] as const;
export type CallMode = (typeof CALL_MODES)[number];

/** What can happen to a lookup. */
export const LOOKUP_MODES = ['fails', 'late', 'lost', 'key denied'] as const;
export type LookupMode = (typeof LOOKUP_MODES)[number];
