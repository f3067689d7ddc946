import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import {
  audit,
  auditAnchors,
  auditEntries,
  databaseIdentities,
  leases,
  requiredKeys,
  submissionEvents,
  submissions,
} from '../schema.ts';

/** Data that is kept without a limit, and why. Each other column has a rule in `createRetentionRules`. */
export const RETAINED_INDEFINITELY: readonly { what: PgTable | readonly PgColumn[]; why: string }[] = [
  {
    what: [
      submissions.id,
      submissions.draftId,
      submissions.draftVersion,
      submissions.state,
      submissions.consent,
      submissions.sendableUntil,
      submissions.holdsPhone,
      submissions.precheck,
      submissions.attempt,
      submissions.fence,
      submissions.leaseUntil,
      submissions.ambiguousSince,
      submissions.absences,
      submissions.reconciled,
      submissions.outcome,
      submissions.linkExpiresAt,
      submissions.transitions,
      submissions.createdAt,
      submissions.updatedAt,
    ],
    why: 'the proof of what was sent and agreed to: states, times and random ids',
  },
  { what: submissionEvents, why: 'the history of each submission, without values' },
  { what: audit, why: 'the proof of what agents and operators did, without values of customers' },
  { what: auditEntries, why: 'the same, in a chain for each shop' },
  { what: auditAnchors, why: 'heads of the chains, which show when the end of a chain was cut off' },
  { what: requiredKeys, why: 'names and fingerprints of keys' },
  { what: leases, why: 'which instance does the work that one instance does for all' },
  { what: databaseIdentities, why: 'which Postgres served from when on, to recognise failovers' },
];
