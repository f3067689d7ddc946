import type { Defect } from './defect.ts';

const CONDITIONS = 'lib/store/submissions/conditions.ts';
const CREATE = 'lib/store/submissions/create.ts';
const DISPLACE = 'lib/store/submissions/displace.ts';

/** Of claims, states and versions. */
export const LEDGER_DEFECTS: readonly Defect[] = [
  {
    name: 'a void claim may write how its call ended',
    file: CONDITIONS,
    text: `const IS_FENCE_CURRENT = and(IS_SUBMISSION, eq(submissions.fence, toParam('fence')));`,
    replacement: 'const IS_FENCE_CURRENT = and(IS_SUBMISSION);',
  },
  {
    name: 'a submission that has ended may be ended again',
    file: 'lib/store/submissions/complete.ts',
    text: `const IS_CLAIMED = and(IS_FENCE_CURRENT, inArray(submissions.state, ['sending', 'reconciling']));`,
    replacement: 'const IS_CLAIMED = IS_FENCE_CURRENT;',
  },
  {
    name: 'calls whose lease still runs count as lost',
    file: 'lib/store/submissions/recover.ts',
    text: `'find_lost', and(IS_SENDING, IS_DUE), MAX_ROWS)`,
    replacement: `'find_lost', IS_SENDING, MAX_ROWS)`,
  },
  {
    name: 'a claim does not check the state',
    file: 'lib/store/submissions/claim.ts',
    text: 'and(IS_SUBMISSION, IS_RECEIVED, isSendable)',
    replacement: 'and(IS_SUBMISSION, isSendable)',
  },
  {
    name: 'one draft may have two live submissions (unique index)',
    file: 'lib/store/migrations/contract/0001_draft_keys.sql',
    text: 'CREATE UNIQUE INDEX "submissions_one_live"',
    replacement: 'CREATE INDEX "submissions_one_live"',
  },
  {
    name: 'one version of a draft may have two submissions (unique index)',
    file: 'lib/store/migrations/contract/0001_draft_keys.sql',
    text: 'CREATE UNIQUE INDEX "submissions_one_per_version"',
    replacement: 'CREATE INDEX "submissions_one_per_version"',
  },
  {
    name: 'a page shows the submission of any draft',
    file: 'lib/store/submissions/queries.ts',
    text: ".where(and(IS_OF_DRAFT, ne(submissions.state, 'expired')))",
    replacement: ".where(ne(submissions.state, 'expired'))",
  },
  {
    name: 'a customer with newer answers reads that nothing was sent while older ones are being sent',
    file: CREATE,
    text: 'isBusy || ',
    replacement: '',
  },
  {
    name: 'newer answers expire older ones that are about to be sent',
    file: DISPLACE,
    text: 'and(isOlder, IS_RECEIVED, IS_DUE)',
    replacement: 'and(isOlder, IS_RECEIVED)',
  },
  {
    name: 'newer answers expire older ones in any state',
    file: DISPLACE,
    text: 'and(isOlder, IS_RECEIVED, IS_DUE)',
    replacement: 'and(isOlder, IS_DUE)',
  },
  {
    name: 'a submission expires itself',
    file: DISPLACE,
    text: `const isOlder = and(IS_OF_DRAFT, lt(submissions.draftVersion, toParam('draftVersion')));`,
    replacement: 'const isOlder = IS_OF_DRAFT;',
  },
  {
    name: 'another draft expires a submission that has just been received',
    file: DISPLACE,
    text: 'and(IS_OTHER_DRAFT, lt(submissions.updatedAt, getTimeAfter(-context.times.leaseMs)))',
    replacement: 'IS_OTHER_DRAFT',
  },
  {
    name: 'another draft expires a submission in any state',
    file: DISPLACE,
    text: 'and(isForgotten, IS_RECEIVED, IS_DUE)',
    replacement: 'and(isForgotten, IS_DUE)',
  },
];
