import type { Defect } from './defect.ts';

const SUBMIT = 'lib/use-cases/submission/submit.ts';
const RECONCILE = 'lib/use-cases/submission/reconcile.ts';
const STATEMENTS = 'lib/store/ledger-statements.ts';

/** Of finding out what became of a call. */
export const RECONCILING_DEFECTS: readonly Defect[] = [
  {
    name: 'finding a lost call leaves its claim valid',
    file: STATEMENTS,
    text: '{ ...ambiguous, fence: oneMore(submissions.fence) }',
    replacement: 'ambiguous',
  },
  {
    name: 'a worker takes a submission under the claim of the one before',
    file: STATEMENTS,
    text: '      fence: oneMore(submissions.fence),\n      leaseUntil: fromNow(lease),\n',
    replacement: '      leaseUntil: fromNow(lease),\n',
  },
  {
    name: 'neither the reconciler nor the claim asks whether the card is still good',
    file: RECONCILE,
    text: 'const isGood = found.sendableUntil === undefined || found.sendableUntil > now();',
    replacement: 'const isGood = true;',
    also: {
      file: STATEMENTS,
      text: 'and(IS_SUBMISSION, isReceived, or(isNull(submissions.sendableUntil), gt(submissions.sendableUntil, AT)))',
      replacement: 'and(IS_SUBMISSION, isReceived)',
    },
  },
  {
    name: 'one look that finds nobody is proof enough',
    file: RECONCILE,
    text: 'if (found.looks + 1 < LOOKS) await',
    replacement: 'if (found.looks < 0) await',
  },
  {
    name: 'the first look comes at once',
    file: STATEMENTS,
    text: 'leaseUntil: fromNow(firstLook), ambiguousSince: AT',
    replacement: 'leaseUntil: AT, ambiguousSince: AT',
  },
  {
    name: 'a look that failed counts as one that found nobody',
    file: RECONCILE,
    text: "await ledger.lookAgain(found, again, false, { actor: 'reconciler', cause: `look failed",
    replacement: "await ledger.lookAgain(found, again, true, { actor: 'reconciler', cause: `look failed",
  },
  {
    name: 'an error of a look is read as nobody',
    file: 'lib/upstream/raas.ts',
    text: 'if (status === 404 && code !== undefined && MISSING.has(code)) return',
    replacement: 'if (status >= 400) return',
  },
  {
    name: 'somebody who was there before gets found as new',
    file: RECONCILE,
    text: "if (found.precheck === 'present') {",
    replacement: "if (found.precheck === 'never') {",
  },
  {
    name: 'a failed look before the call counts as nobody there',
    file: SUBMIT,
    text: "found.kind === 'failed' ? 'unknown' : found.kind;",
    replacement: "found.kind === 'failed' ? 'absent' : found.kind;",
  },
  {
    name: 'the look before the call is not waited for',
    file: SUBMIT,
    text: "look: kept && 'id' in kept ? await looking : early",
    replacement: "look: { precheck: 'absent', hasLostCall: false, isRecent: () => true }",
  },
  {
    name: 'nothing looks for calls whose process was lost',
    file: RECONCILE,
    text: 'await ledger.recover(false);',
    replacement: '',
  },
  {
    name: 'workers take what is not due',
    file: STATEMENTS,
    text: "find('find_due', and(isUnsettled, IS_DUE),",
    replacement: "find('find_due', isUnsettled,",
    also: { file: STATEMENTS, text: 'and(fenced, isUnsettled, IS_DUE)', replacement: 'and(fenced, isUnsettled)' },
  },
  {
    name: 'what was proved absent twice is sent again',
    file: RECONCILE,
    text: 'else if (found.reconciled > 0)',
    replacement: 'else if (found.reconciled < 0)',
  },
  {
    name: 'a link goes to somebody of whom nobody knows since when',
    file: RECONCILE,
    text: "if (found.precheck === 'unknown') return",
    replacement: 'if (found.precheck === undefined) return',
  },
];
