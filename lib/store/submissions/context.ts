import type { Keys } from '../../crypto/encryption.ts';
import type { TransitionContext } from './transition.ts';

/** Periods of the ledger, in milliseconds. */
export type LedgerTimes = {
  /** How long a claim protects its row: longer than any call may take. */
  leaseMs: number;
  /** The time between a lost answer and the first lookup. */
  firstLookupMs: number;
  /** How long an ambiguous submission keeps other drafts with the same phone from being submitted. */
  holdMs: number;
};

export type LedgerContext = TransitionContext & { keys: Keys; times: LedgerTimes };

/** Returns the time `ms` milliseconds from now as a statement's parameter. */
export const getIsoAfter = (now: () => Date, ms: number): string => new Date(now().getTime() + ms).toISOString();

export const hasRows = (rows: readonly unknown[]): boolean => rows.length > 0;
