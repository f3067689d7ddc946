import type { SubmissionRow } from './engine.ts';
import { LEDGER_TIMES } from './times.ts';

/** One row before and after a statement. */
export type Change = {
  operation: string;
  before: SubmissionRow | undefined;
  row: SubmissionRow;
  /** The statement was made under the claim that the row was last given to. */
  isHolder: boolean;
  /** The true time of day in milliseconds, and by how much the process's may differ. */
  nowMs: number;
  slackMs: number;
  /** How often a reconciler has proved that nothing had arrived, this change included. */
  clears: number;
};

export const LIVE_STATES = ['received', 'sending', 'ambiguous', 'reconciling', 'parked'];
export const FINAL_STATES = ['succeeded', 'refused', 'expired'];
const CLAIMED_STATES = ['sending', 'reconciling'];
/** The states that may follow a state. */
const NEXT_STATES: Readonly<Record<string, readonly string[]>> = {
  received: ['sending', 'expired'],
  sending: ['succeeded', 'refused', 'received', 'ambiguous'],
  ambiguous: ['reconciling', 'refused'],
  reconciling: ['reconciling', 'received', 'succeeded', 'refused', 'parked'],
  parked: ['received', 'succeeded', 'refused'],
};
/** Made under a claim. */
const CLAIM_WORK_PATTERN = /^(finish_|clear$|look_again$)/;
/** A submission that may be sent again after an operator's decision keeps its phone for so long. */
const RECEIVED_HOLD_MS = 60_000;
/** Two statements' times are compared in a database that rounds to microseconds. */
const ROUNDING_MS = 1;

const hasMoved = ({ before: previous, row }: Change) => previous?.transitions !== row.transitions;
const isClaim = (change: Change) => change.row.state === 'sending' && hasMoved(change);
const isLeaseOver = ({ before: previous, nowMs, slackMs }: Change) =>
  !previous?.leaseMs || previous.leaseMs <= nowMs + slackMs;
const hasNewLease = (change: Change) => change.row.leaseMs !== change.before?.leaseMs && change.row.leaseMs !== null;

/** True when another process than the holder changed a row that a lease protects. */
function isLeaseBroken(change: Change): boolean {
  const { before: previous, row, isHolder } = change;
  if (!previous || isHolder || isLeaseOver(change)) return false;
  if (previous.state !== 'received')
    return hasMoved(change) || previous.leaseMs !== row.leaseMs || previous.fence !== row.fence;
  return row.state === 'expired' || (row.state === 'received' && hasNewLease(change));
}

/** True when the claim on the phone expires sooner or later than the state allows. */
function hasWrongHold(change: Change): boolean {
  const { before: previous, row, nowMs, slackMs } = change;
  const { holdMs: hold, leaseMs: lease } = LEDGER_TIMES;
  if (row.phoneUntilMs === null || previous?.phoneUntilMs === row.phoneUntilMs) return hasWrongRemainingHold(change);
  const forMs = row.phoneUntilMs - row.updatedMs;
  if (row.state === 'received' && !hasMoved(change)) return row.phoneUntilMs > nowMs + slackMs + lease + ROUNDING_MS;
  if (row.state === 'received') return forMs > RECEIVED_HOLD_MS + ROUNDING_MS;
  if (row.state === 'sending') return Math.abs(forMs - lease - hold) > ROUNDING_MS;
  return row.state === 'ambiguous' && Math.abs(forMs - hold) > ROUNDING_MS;
}

/** The hold of a call outlasts it: what counts as never sent gives its phone back soon. */
function hasWrongRemainingHold(change: Change): boolean {
  const { row } = change;
  if (!hasMoved(change) || row.phoneUntilMs === null || row.state !== 'received') return false;
  return row.phoneUntilMs - row.updatedMs > RECEIVED_HOLD_MS + ROUNDING_MS;
}

type Rule = { rule: string; detail: string; isBroken: (change: Change) => boolean };

/** Rules of every change. */
export const CHANGE_RULES: readonly Rule[] = [
  {
    rule: 'I2',
    detail: 'an operation that is not a claim counted an attempt',
    isBroken: (change) => change.row.attempt - (change.before?.attempt ?? 0) !== (isClaim(change) ? 1 : 0),
  },
  {
    rule: 'I3',
    detail: 'a submission that had ended was changed',
    isBroken: (change) => FINAL_STATES.includes(change.before?.state ?? '') && hasMoved(change),
  },
  {
    rule: 'I4',
    detail: 'a statement of a void claim changed a submission',
    isBroken: ({ operation, isHolder }) => CLAIM_WORK_PATTERN.test(operation) && !isHolder,
  },
  {
    rule: 'I4',
    detail: 'a claim, or a transition by another process during a claim, did not raise the fence',
    isBroken: (change) => {
      const isHeld = CLAIMED_STATES.includes(change.row.state) || CLAIMED_STATES.includes(change.before?.state ?? '');
      return hasMoved(change) && !change.isHolder && isHeld && change.row.fence <= (change.before?.fence ?? 0);
    },
  },
  {
    rule: 'I7',
    detail: 'one change counted more than one transition',
    isBroken: ({ before: previous, row }) => row.transitions - (previous?.transitions ?? 0) > 1,
  },
  {
    rule: 'states',
    detail: 'a state came after one that it must not follow',
    isBroken: (change) => {
      const { before: previous, row } = change;
      if (!hasMoved(change)) return previous?.state !== row.state;
      return (
        previous !== undefined &&
        !FINAL_STATES.includes(previous.state) &&
        !NEXT_STATES[previous.state]?.includes(row.state)
      );
    },
  },
  { rule: 'lease', detail: 'another process changed a submission during its lease', isBroken: isLeaseBroken },
  {
    rule: 'lease',
    detail: 'another draft expired a submission that had just been received',
    isBroken: ({ operation, before: previous, nowMs, slackMs }) =>
      operation === 'outdate_other' &&
      previous !== undefined &&
      previous.updatedMs + LEDGER_TIMES.leaseMs > nowMs + slackMs,
  },
  { rule: 'hold', detail: 'a phone is held for the wrong time', isBroken: hasWrongHold },
  {
    rule: 'once',
    detail: 'a reconciler proved twice that nothing had arrived, and required no decision',
    isBroken: ({ clears: clearCount }) => clearCount > 1,
  },
  {
    rule: 'retention',
    detail: 'a submission that has ended holds answers',
    isBroken: ({ row }) => FINAL_STATES.includes(row.state) && row.hasPayload,
  },
  {
    rule: 'retention',
    detail: 'a submission lost answers or a phone that it still needs',
    isBroken: ({ before: previous, row }) =>
      previous !== undefined &&
      ((LIVE_STATES.includes(row.state) && previous.hasPayload && !row.hasPayload) ||
        (previous.phone !== null && row.phone === null)),
  },
];

/** Rules of all rows at any time. */
export function findUniqueBreach(rows: readonly SubmissionRow[]): [rule: string, detail: string] | undefined {
  const isUnique = (values: readonly unknown[]) => new Set(values).size === values.length;
  const liveRows = rows.filter(({ state }) => LIVE_STATES.includes(state));
  const unexpiredRows = rows.filter(({ state }) => LIVE_STATES.includes(state) || state === 'succeeded');
  if (!isUnique(unexpiredRows.map(({ draft }) => draft))) return ['one live', 'a draft has two live submissions'];
  if (liveRows.some(({ state, phoneUntilMs }) => state === 'sending' && phoneUntilMs === null)) {
    return ['I9', 'a submission is sent without the claim on its phone'];
  }
  const hasLive = ({ draft, phone }: SubmissionRow) =>
    liveRows.some((otherRow) => otherRow.draft === draft && otherRow.phone === phone);
  if (rows.some((row) => row.phoneUntilMs !== null && FINAL_STATES.includes(row.state) && !hasLive(row))) {
    return ['one phone', 'a submission that has ended still has its phone'];
  }
  const versions = rows.map(({ draft, version }) => `${draft}:${version}`);
  return isUnique(versions) ? undefined : ['one version', 'one version of a draft has two submissions'];
}
