import type { Engine, Row } from './engine.ts';
import { CHANGE_RULES, ENDED, findUniqueBreach } from './ledger-rules.ts';

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
/** Statements that give a submission to whoever made them. */
const CLAIMS = new Set(['receive_claimed', 'claim', 'take']);
/** Rounds of the reconcilers after the last change, in which a wrong one could still take what it must not. */
const ROUNDS_AFTER_CHANGE = 2;

/** Numbers of the claims that one caller was given, by submission. */
export type Grants = Map<string, number>;

export type LedgerWatch = {
  /**
   * Compares the ledger with what it was before the statement that has just run.
   *
   * @param grants of the caller, who gets more of them by this statement if it claims
   */
  observe: (operation: string, changed: number, grants: Grants | undefined) => Promise<void>;
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
  /** The true time of day, in milliseconds. */
  nowMs: () => number;
  /** By how much clocks may differ. */
  slackMs: number;
  breach: (rule: string, detail: string) => void;
  note: (line: string) => void;
};

/** Holds the ledger's invariants after every statement that changes it. */
export function createLedgerWatch({ engine, nowMs, slackMs, breach, note }: Surroundings): LedgerWatch {
  let rows: readonly Row[] = [];
  let roundsSinceChange = 0;
  let grantsGiven = 0;
  /** The claim that each submission was last given to, or void. */
  const current = new Map<string, number>();
  const clears = new Map<string, number>();

  /** The claim on a phone that an ended submission shows is that of a later one of its draft. */
  function isSame(before: Row, row: Row): boolean {
    const { phoneUntilMs } = ENDED.includes(row.state) ? before : row;
    return JSON.stringify(before) === JSON.stringify({ ...row, phoneUntilMs });
  }

  function compare(operation: string, before: Row | undefined, row: Row, grants: Grants | undefined): void {
    if (before && isSame(before, row)) return;
    const hasMoved = before?.transitions !== row.transitions;
    const columns = `attempt ${row.attempt} fence ${row.fence} holds ${row.phoneUntilMs !== null} link ${row.hasLink}`;
    note(`submission ${row.id.slice(-2)}: ${before?.state ?? 'new'} -> ${row.state} ${columns}`);
    const grant = grants?.get(row.id);
    const isHolder = grant !== undefined && grant === current.get(row.id);
    if (operation === 'clear' && hasMoved) clears.set(row.id, (clears.get(row.id) ?? 0) + 1);
    const change = { operation, before, row, isHolder, nowMs: nowMs(), slackMs, clears: clears.get(row.id) ?? 0 };
    for (const { rule, detail, isBroken } of CHANGE_RULES)
      if (isBroken(change)) breach(rule, `${operation}: ${detail}`);
    if (!hasMoved || isHolder) return;
    grantsGiven += 1;
    current.set(row.id, grantsGiven);
    if (CLAIMS.has(operation)) grants?.set(row.id, grantsGiven);
  }

  return {
    async observe(operation, changed, grants) {
      if (operation === 'find_due') roundsSinceChange += 1;
      if (changed === 0 || READS.has(operation)) return;
      roundsSinceChange = 0;
      const before = new Map(rows.map((row) => [row.id, row]));
      rows = await engine.readRows();
      for (const row of rows) compare(operation, before.get(row.id), row, grants);
      if (rows.length < before.size) breach('I3', 'a submission is gone');
      const broken = findUniqueBreach(rows);
      if (broken) breach(...broken);
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
