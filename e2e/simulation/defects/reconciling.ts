import type { Defect } from './defect.ts';

const RECONCILE = 'lib/onboarding/reconcile.ts';
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
    name: 'an error of a look is read as nobody',
    file: 'lib/upstream/raas.ts',
    text: 'if (status === 404 && code !== undefined && MISSING.has(code)) return',
    replacement: 'if (status >= 400) return',
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
];
