import { expect, test } from 'vitest';
import { CASE_ACTIONS, type CaseAction, isActionPossible } from './allowed-case-actions.ts';
import type { CaseState } from './case-state.ts';

/** Every state with the actions that it allows, by hand. A new state does not compile without its row. */
const POSSIBLE: Record<CaseState, readonly CaseAction[]> = {
  none: ['case.fill', 'case.handOver', 'case.close'],
  waiting: ['case.fill', 'case.confirm', 'case.stop', 'case.close'],
  opened: ['case.fill', 'case.stop', 'case.close'],
  stopped: ['case.fill', 'case.handOver', 'case.close'],
  expired: ['case.fill', 'case.handOver', 'case.close'],
  refused: ['case.fill', 'case.close'],
  'not-sent': ['case.fill', 'case.close'],
  sending: ['case.close'],
  checking: ['case.close'],
  parked: ['case.close'],
  delivered: ['case.status', 'case.close'],
};

test('every action in every state is possible exactly where its page offers it', () => {
  for (const [state, actions] of Object.entries(POSSIBLE)) {
    const possible = CASE_ACTIONS.filter((action) => isActionPossible(action, state as CaseState));
    expect(possible, state).toEqual(actions);
  }
});
