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
    name: 'retention ends what may still be sent, whatever its draft',
    file: RETENTION,
    text: 'IS_DUE, not(hasDraft(submissions.draftId, NOW_PARAM)))',
    replacement: 'IS_DUE)',
  },
  {
    name: 'the answers of a served draft stay',
    file: STATEMENTS,
    text: 'additionalChanges: clearDraft,',
    replacement: '',
  },
  {
    name: 'what has ended keeps its answers',
    file: STATEMENTS,
    text: 'const endColumns = { leaseUntil: null, sealedPayload: null };',
    replacement: 'const endColumns = { leaseUntil: null };',
  },
  {
    name: 'retention refuses what has ended',
    file: RETENTION,
    text: "        inArray(submissions.state, ['sending', 'ambiguous', 'reconciling', 'parked']),\n",
    replacement: '',
  },
  {
    name: 'retention ends what is not received',
    file: RETENTION,
    text: "and(eq(submissions.state, 'received'), IS_DUE,",
    replacement: 'and(IS_DUE,',
  },
  {
    name: 'retention empties answers that may still be sent',
    file: RETENTION,
    text: 'and(isNotNull(submissions.sealedPayload), hasEnded),',
    replacement: 'isNotNull(submissions.sealedPayload),',
  },
];
