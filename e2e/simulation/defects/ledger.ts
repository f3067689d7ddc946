import type { Defect } from './defect.ts';

const STATEMENTS = 'lib/store/ledger-statements.ts';
const LEDGER = 'lib/store/ledger.ts';

/** Of claims, states and versions. */
export const LEDGER_DEFECTS: readonly Defect[] = [
  {
    name: 'a void claim may write how its call ended',
    file: STATEMENTS,
    text: `const isFenceCurrent = and(IS_SUBMISSION, eq(submissions.fence, toParam('fence')));`,
    replacement: 'const isFenceCurrent = and(IS_SUBMISSION);',
  },
  {
    name: 'a submission that has ended may be ended again',
    file: STATEMENTS,
    text: `const isClaimed = and(isFenceCurrent, inArray(submissions.state, ['sending', 'reconciling']));`,
    replacement: 'const isClaimed = isFenceCurrent;',
  },
  {
    name: 'calls whose lease still runs count as lost',
    file: STATEMENTS,
    text: `find('find_lost', and(isLost, IS_DUE), MAX_ROWS)`,
    replacement: `find('find_lost', isLost, MAX_ROWS)`,
  },
  {
    name: 'a claim does not ask for the state',
    file: STATEMENTS,
    text: 'and(IS_SUBMISSION, isReceived, or(isNull(submissions.sendableUntil)',
    replacement: 'and(IS_SUBMISSION, or(isNull(submissions.sendableUntil)',
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
    name: 'the state of any draft is shown',
    file: STATEMENTS,
    text: ".where(and(isDraft, ne(submissions.state, 'expired')))",
    replacement: ".where(ne(submissions.state, 'expired'))",
  },
  {
    name: 'newer answers are told that nothing was sent while older ones are being sent',
    file: LEDGER,
    text: 'current?.isBusy || ',
    replacement: '',
  },
  {
    name: 'newer answers put aside older ones that are about to be sent',
    file: STATEMENTS,
    text: 'and(isOlder, isReceived, IS_DUE)',
    replacement: 'and(isOlder, isReceived)',
  },
  {
    name: 'newer answers put aside older ones in any state',
    file: STATEMENTS,
    text: 'and(isOlder, isReceived, IS_DUE)',
    replacement: 'and(isOlder, IS_DUE)',
  },
  {
    name: 'a press puts aside its own answers',
    file: STATEMENTS,
    text: `const isOlder = and(isDraft, lt(submissions.draftVersion, toParam('draftVersion')));`,
    replacement: 'const isOlder = isDraft;',
  },
  {
    name: 'another draft puts aside what has just been received',
    file: STATEMENTS,
    text: 'and(isOtherDraft, lt(submissions.updatedAt, fromNow(-leaseMs)))',
    replacement: 'isOtherDraft',
  },
  {
    name: 'another draft puts aside what is in any state',
    file: STATEMENTS,
    text: 'and(isForgotten, isReceived, IS_DUE)',
    replacement: 'and(isForgotten, IS_DUE)',
  },
];
