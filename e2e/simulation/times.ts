/** Times of the ledger in milliseconds, as shipped. */
export const LEDGER_TIMES = { leaseMs: 30_000, firstLookupMs: 60_000, holdMs: 3_600_000 };
