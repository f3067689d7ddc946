import type { Defect } from './defect.ts';

const SUBMIT = 'lib/use-cases/submission/submit.ts';
const RECONCILE = 'lib/use-cases/submission/run-reconciliation.ts';
const RECONCILING = 'lib/store/submissions/lookups.ts';

/** Of finding out what became of a call. */
export const RECONCILING_DEFECTS: readonly Defect[] = [
  {
    name: 'finding a lost call leaves its claim valid',
    file: 'lib/store/submissions/recover.ts',
    text: '      fence: buildIncrement(submissions.fence),\n',
    replacement: '',
  },
  {
    name: 'a worker takes a submission under the claim of the one before',
    file: RECONCILING,
    text: '      fence: buildIncrement(submissions.fence),\n',
    replacement: '',
  },
  {
    name: 'neither the reconciler nor the claim asks whether the card is still good',
    file: RECONCILE,
    text: 'const isSendable = submission.sendDeadline === undefined || submission.sendDeadline > now();',
    replacement: 'const isSendable = true;',
    also: {
      file: 'lib/store/submissions/claim.ts',
      text: 'and(IS_SUBMISSION, IS_RECEIVED, isSendable)',
      replacement: 'and(IS_SUBMISSION, IS_RECEIVED)',
    },
  },
  {
    name: 'one lookup without a user counts as proof',
    file: RECONCILE,
    text: 'if (submission.absences + 1 < REQUIRED_ABSENCES)\n        await',
    replacement: 'if (submission.absences < 0) await',
  },
  {
    name: 'the first lookup comes at once',
    file: 'lib/store/submissions/complete.ts',
    text: 'leaseUntil: getTimeAfter(context.times.firstLookupMs)',
    replacement: 'leaseUntil: NOW_PARAM',
  },
  {
    name: 'a failed lookup counts as one without a user',
    file: RECONCILE,
    text: "await ledger.scheduleRecheck(submission, nextCheckAt, false, {\n          actor: 'reconciler',\n          cause: `look failed",
    replacement:
      "await ledger.scheduleRecheck(submission, nextCheckAt, true, { actor: 'reconciler', cause: `look failed",
  },
  {
    name: 'an error of the lookup is read as no user',
    file: 'lib/upstream/raas.ts',
    text: 'if (status === 404 && code !== undefined && USER_NOT_FOUND_CODES.has(code)) return',
    replacement: 'if (status >= 400) return',
  },
  {
    name: 'a user who existed before counts as new',
    file: RECONCILE,
    text: `if (submission.precheck === 'present') {`,
    replacement: `if (submission.precheck === 'never') {`,
  },
  {
    name: 'a failed lookup before the call counts as no user',
    file: SUBMIT,
    text: `user.kind === 'failed' ? 'unknown' : user.kind;`,
    replacement: `user.kind === 'failed' ? 'absent' : user.kind;`,
  },
  {
    name: 'the call does not wait for the lookup before it',
    file: SUBMIT,
    text: `lookup: intentResult && 'id' in intentResult ? await pendingLookup : fastLookup`,
    replacement: `lookup: { precheck: 'absent', hasLostCall: false, isRecent: () => true }`,
  },
  {
    name: 'calls of a process that ended are never looked up',
    file: RECONCILE,
    text: 'await ledger.recordLostCalls(false);',
    replacement: '',
  },
  {
    name: 'workers take submissions that are not due',
    file: RECONCILING,
    text: "'find_due', and(IS_UNSETTLED, IS_DUE),",
    replacement: "'find_due', IS_UNSETTLED,",
    also: {
      file: RECONCILING,
      text: 'and(IS_FENCE_CURRENT, IS_UNSETTLED, IS_DUE)',
      replacement: 'and(IS_FENCE_CURRENT, IS_UNSETTLED)',
    },
  },
  {
    name: 'an application that was proved absent twice is sent again',
    file: RECONCILE,
    text: 'else if (submission.reconciled > 0)',
    replacement: 'else if (submission.reconciled < 0)',
  },
  {
    name: 'a link goes to a user of unknown age',
    file: RECONCILE,
    text: `if (submission.precheck === 'unknown') return`,
    replacement: 'if (submission.precheck === undefined) return',
  },
];
