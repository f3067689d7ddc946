import type { Claim } from '../../lib/store/transitions.ts';
import type { Engine, Row } from './engine.ts';

const LIVE = ['received', 'sending', 'ambiguous', 'reconciling', 'parked'];
const ENDED = ['succeeded', 'refused', 'expired'];
const UNSETTLED = ['sending', 'ambiguous', 'reconciling'];
/** Statements that change no submission. */
const READS = new Set([
  'find_lost',
  'find_all_lost',
  'find_due',
  'latest',
  'holder',
  'rivals',
  'draft',
  'select',
  'new_draft',
  'save_draft',
  'insert',
  'delete',
]);
/** Rounds of the reconcilers after the last change, in which a wrong one could still take what it must not. */
const ROUNDS_AFTER_CHANGE = 2;

export type LedgerWatch = {
  /** Compares the ledger with what it was before the statement that has just run. */
  observe: (operation: string, changed: number, claim: Claim | undefined) => Promise<void>;
  rows: () => readonly Row[];
  /** Whether the reconcilers would find nothing to do. */
  isQuiet: () => boolean;
  /** Takes the ledger as it is, after a failover has changed it. */
  reread: () => Promise<void>;
  /** At the end of a run: the history of every submission. */
  checkEvents: () => Promise<void>;
};

type Surroundings = {
  engine: Engine;
  breach: (rule: string, detail: string) => void;
  note: (line: string) => void;
};

/** Holds the ledger's invariants after every statement that changes it. */
export function createLedgerWatch({ engine, breach, note }: Surroundings): LedgerWatch {
  let rows: readonly Row[] = [];
  let roundsSinceChange = 0;

  function compare(before: Row | undefined, row: Row): void {
    if (before?.transitions === row.transitions && before.fence === row.fence && before.holdsPhone === row.holdsPhone) {
      if (before.hasLink === row.hasLink && before.hasPayload === row.hasPayload && before.lease === row.lease) return;
    }
    const steps = before ? `${before.state} -> ${row.state}` : `new -> ${row.state}`;
    const columns = `attempt ${row.attempt} fence ${row.fence} holds ${row.holdsPhone} link ${row.hasLink}`;
    note(`submission ${row.id.slice(-2)}: ${steps} ${columns}`);
    const previous = before ?? { state: '', attempt: 0, fence: 0, transitions: 0 };
    if (ENDED.includes(previous.state) && row.transitions !== previous.transitions) {
      breach('I3', 'a submission that had ended was changed');
    }
    if (row.attempt - previous.attempt !== (isClaim(previous, row) ? 1 : 0)) {
      breach('I2', 'something other than a claim counted an attempt');
    }
    if (row.transitions - previous.transitions > 1) breach('I7', 'one change counted more than one transition');
  }

  const isClaim = (before: { state: string; transitions: number }, row: Row) =>
    row.state === 'sending' && row.transitions !== before.transitions;

  function checkUnique(): void {
    const live = rows.filter(({ state }) => LIVE.includes(state));
    const isOnce = (values: readonly unknown[]) => new Set(values).size === values.length;
    const unexpired = rows.filter(({ state }) => LIVE.includes(state) || state === 'succeeded');
    if (!isOnce(unexpired.map(({ draft }) => draft))) breach('one live', 'a draft has two live submissions');
    for (const row of live) {
      if (row.state === 'sending' && !row.holdsPhone) breach('I9', 'whoever calls does not have the phone');
    }
    const ended = rows.find(({ draft, phone, state, holdsPhone }) => {
      const isLive = live.some((other) => other.draft === draft && other.phone === phone);
      return holdsPhone && !isLive && ENDED.includes(state);
    });
    if (ended) breach('one phone', 'a submission that has ended still has its phone');
    const versions = rows.map(({ draft, version }) => `${draft}:${version}`);
    if (!isOnce(versions)) breach('one version', 'one version of a draft has two submissions');
  }

  return {
    async observe(operation, changed, claim) {
      if (operation === 'find_due') roundsSinceChange += 1;
      if (changed === 0 || READS.has(operation)) return;
      roundsSinceChange = 0;
      const before = rows;
      rows = await engine.readRows();
      const held = claim && before.find(({ id }) => id === claim.id);
      if (claim && held && held.fence !== claim.fence)
        breach('I4', `${operation} of a void claim changed a submission`);
      for (const row of rows)
        compare(
          before.find(({ id }) => id === row.id),
          row,
        );
      if (rows.length < before.length) breach('I3', 'a submission is gone');
      checkUnique();
    },
    rows: () => rows,
    isQuiet: () => roundsSinceChange >= ROUNDS_AFTER_CHANGE && !rows.some(({ state }) => UNSETTLED.includes(state)),
    async reread() {
      rows = await engine.readRows();
    },
    async checkEvents() {
      const events = await engine.readEvents();
      for (const row of rows) {
        const own = events.filter(({ id }) => id === row.id);
        const isGapless = own.every(({ sequence }, at) => sequence === at + 1);
        if (!isGapless || own.length !== row.transitions || own.at(-1)?.state !== row.state) {
          breach('I7', 'the history of a submission does not match its row');
        }
        if (own.filter(({ state }) => state === 'sending').length !== row.attempt) {
          breach('I2', 'attempts and claims of a submission differ');
        }
      }
    },
  };
}
