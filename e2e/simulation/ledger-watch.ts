import type { Engine, EventRow, SubmissionRow } from './engine.ts';
import { CHANGE_RULES, FINAL_STATES, findUniqueBreach } from './ledger-rules.ts';

const UNSETTLED = ['sending', 'ambiguous', 'reconciling'];
/** Statements that change no submission. */
const READ_STATEMENTS = new Set([
  'find_lost',
  'find_all_lost',
  'find_due',
  'latest',
  'holder',
  'rivals',
  'draft',
  'select',
  'new_draft',
  'new_application',
  'save_draft',
  'insert',
  'delete',
]);
/** Statements that give a submission to the process that made them. */
const CLAIM_STATEMENTS = new Set(['receive_claimed', 'claim', 'take']);
/** Rounds of the reconcilers after the last change: a faulty one could still take a submission that it must not take. */
const ROUNDS_AFTER_CHANGE = 2;

/** A partner hears of the start, of every end but an expiry, of a review, and of a decision. */
function isForPartner({ sequence, state, actor }: EventRow): boolean {
  return sequence === 1 || actor === 'operator' || ['succeeded', 'refused', 'parked'].includes(state);
}

/** Numbers of the claims that one caller was given, by submission. */
export type Grants = Map<string, number>;

export type LedgerWatch = {
  /**
   * Compares the ledger with what it was before the statement that has just run.
   *
   * @param grants of the caller, who gets more of them by this statement if it claims
   */
  observe: (operation: string, changedRows: number, grants: Grants | undefined) => Promise<void>;
  getRows: () => readonly SubmissionRow[];
  /** True when the reconcilers would find nothing to do. */
  isQuiet: () => boolean;
  /** Takes the ledger as it is, after a failover has changed it. */
  reload: () => Promise<void>;
  /** At the end of a run: the history of every submission. */
  checkEvents: () => Promise<void>;
};

type Dependencies = {
  engine: Engine;
  /** The true time of day, in milliseconds. */
  nowMs: () => number;
  /** By how much clocks may differ. */
  slackMs: number;
  reportBreach: (rule: string, detail: string) => void;
  log: (line: string) => void;
};

/** Holds the ledger's invariants after every statement that changes it. */
export function createLedgerWatch({ engine, nowMs, slackMs, reportBreach, log }: Dependencies): LedgerWatch {
  let rows: readonly SubmissionRow[] = [];
  let roundsSinceChange = 0;
  let grantCount = 0;
  /** The claim that each submission was last given to, or void. */
  const currentGrants = new Map<string, number>();
  const clearCounts = new Map<string, number>();

  /** The claim on a phone that an ended submission shows is that of a later one of its draft. */
  function isSame(previousRow: SubmissionRow, row: SubmissionRow): boolean {
    const { phoneUntilMs } = FINAL_STATES.includes(row.state) ? previousRow : row;
    return JSON.stringify(previousRow) === JSON.stringify({ ...row, phoneUntilMs });
  }

  function compare(
    operation: string,
    previousRow: SubmissionRow | undefined,
    row: SubmissionRow,
    grants: Grants | undefined,
  ): void {
    if (previousRow && isSame(previousRow, row)) return;
    const hasMoved = previousRow?.transitions !== row.transitions;
    const columns = `attempt ${row.attempt} fence ${row.fence} holds ${row.phoneUntilMs !== null} link ${row.hasLink}`;
    log(`submission ${row.id.slice(-2)}: ${previousRow?.state ?? 'new'} -> ${row.state} ${columns}`);
    const grant = grants?.get(row.id);
    const isHolder = grant !== undefined && grant === currentGrants.get(row.id);
    if (operation === 'clear' && hasMoved) clearCounts.set(row.id, (clearCounts.get(row.id) ?? 0) + 1);
    const change = {
      operation,
      before: previousRow,
      row,
      isHolder,
      nowMs: nowMs(),
      slackMs,
      clears: clearCounts.get(row.id) ?? 0,
    };
    for (const { rule, detail, isBroken } of CHANGE_RULES)
      if (isBroken(change)) reportBreach(rule, `${operation}: ${detail}`);
    if (!hasMoved || isHolder) return;
    grantCount += 1;
    currentGrants.set(row.id, grantCount);
    if (CLAIM_STATEMENTS.has(operation)) grants?.set(row.id, grantCount);
  }

  return {
    async observe(operation, changedRows, grants) {
      if (operation === 'find_due') roundsSinceChange += 1;
      if (changedRows === 0 || READ_STATEMENTS.has(operation)) return;
      roundsSinceChange = 0;
      const previousRows = new Map(rows.map((row) => [row.id, row]));
      rows = await engine.readRows();
      for (const row of rows) compare(operation, previousRows.get(row.id), row, grants);
      if (rows.length < previousRows.size) reportBreach('I3', 'a submission is gone');
      const uniqueBreach = findUniqueBreach(rows);
      if (uniqueBreach) reportBreach(...uniqueBreach);
    },
    getRows: () => rows,
    isQuiet: () => roundsSinceChange >= ROUNDS_AFTER_CHANGE && !rows.some(({ state }) => UNSETTLED.includes(state)),
    async reload() {
      rows = await engine.readRows();
    },
    async checkEvents() {
      const events = await engine.readEvents();
      const partnerEvents = (await engine.readPartnerEvents()).toSorted();
      const expectedEvents = events.filter(isForPartner).map(({ id, sequence }) => `${id}:${sequence}`);
      if (partnerEvents.join() !== expectedEvents.toSorted().join())
        reportBreach('event', 'a transition and the event for the partner differ');
      for (const row of rows) {
        const ownEvents = events.filter(({ id }) => id === row.id);
        const isGapless = ownEvents.every(({ sequence }, index) => sequence === index + 1);
        if (!isGapless || ownEvents.length !== row.transitions || ownEvents.at(-1)?.state !== row.state) {
          reportBreach('I7', 'the history of a submission does not match its row');
        }
        if (ownEvents.filter(({ state }) => state === 'sending').length !== row.attempt) {
          reportBreach('I2', 'attempts and claims of a submission differ');
        }
      }
    },
  };
}
