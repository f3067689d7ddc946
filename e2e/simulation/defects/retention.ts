import type { Defect } from './defect.ts';

const STATEMENTS = 'lib/store/ledger-statements.ts';
const RETENTION = 'lib/store/retention.ts';

/** Of what is kept, and for how long. */
export const RETENTION_DEFECTS: readonly Defect[] = [
  {
    name: 'retention deletes claims that have not run out',
    file: RETENTION,
    text: 'claims.until, () => lt(claims.until, now()))',
    replacement: 'claims.until, () => undefined)',
  },
  {
    name: 'retention refuses what is of unknown fate at once',
    file: RETENTION,
    text: 'lt(submissions.updatedAt, fromNow(-DECISION_MS)),\n',
    replacement: '',
  },
  { name: 'the answers of a served draft stay', file: STATEMENTS, text: '{ beside: emptied }', replacement: '{}' },
  {
    name: 'what has ended keeps its answers',
    file: STATEMENTS,
    text: 'const done = { leaseUntil: null, sealedPayload: null };',
    replacement: 'const done = { leaseUntil: null };',
  },
];
