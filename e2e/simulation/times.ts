/** Times of the ledger in milliseconds, as shipped. */
export const LEDGER_TIMES = { lease: 30_000, firstLook: 60_000, hold: 3_600_000 };
