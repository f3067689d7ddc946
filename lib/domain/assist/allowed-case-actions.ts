import type { CaseState } from './case-state.ts';
import type { Action } from './permissions.ts';

/** Actions on an open case that depend on its state. */
export const CASE_ACTIONS = [
  'case.fill',
  'case.handOver',
  'case.confirm',
  'case.stop',
  'case.status',
  'case.close',
] as const;
export type CaseAction = (typeof CASE_ACTIONS)[number] & Action;

const BEFORE_DEVICE: readonly CaseState[] = ['none', 'stopped', 'expired'];
const WITH_DEVICE: readonly CaseState[] = ['waiting', 'opened'];
/** The customer has submitted, and the answers may still change: they did not arrive or were refused. */
const OPEN_OUTCOMES: readonly CaseState[] = ['refused', 'not-sent'];
const LOCKED_OUTCOMES: readonly CaseState[] = ['sending', 'checking', 'parked', 'delivered'];
const CHANGEABLE = [...BEFORE_DEVICE, ...WITH_DEVICE, ...OPEN_OUTCOMES];

const ALLOWED_STATES: Record<CaseAction, readonly CaseState[]> = {
  'case.fill': CHANGEABLE,
  'case.handOver': BEFORE_DEVICE,
  'case.confirm': ['waiting'],
  'case.stop': WITH_DEVICE,
  'case.status': ['delivered'],
  'case.close': [...CHANGEABLE, ...LOCKED_OUTCOMES],
};

/** The page offers exactly these actions, and the server performs no others. */
export const isActionPossible = (action: CaseAction, state: CaseState): boolean =>
  ALLOWED_STATES[action].includes(state);
