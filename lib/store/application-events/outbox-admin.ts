import { and, asc, desc, eq, gt, inArray, lte, ne, or, type SQL } from 'drizzle-orm';
import type { ApplicationEvent } from '../../domain/events/application-event.ts';
import { createAuditLog } from '../audit-log.ts';
import type { Database } from '../database.ts';
import { webhookEvents } from '../schema.ts';

/** An event that is not delivered, for operators. */
export type UndeliveredEvent = {
  id: string;
  endpoint: string;
  type: ApplicationEvent['type'];
  at: Date;
  state: 'pending' | 'delivered' | 'failed';
  attempts: number;
  /** How the last attempt ended. */
  result: string | null;
};

/** The most rows that a list has. */
export const MAX_LISTED_EVENTS = 100;

/** Rows that a statement reads at most. The app's role has a time limit for statements (docs/operations.md#deploy). */
const BATCH_ROWS = 1_000;

export type OutboxAdmin = ReturnType<typeof createOutboxAdmin>;

/**
 * Creates the operators' functions: list the events that were not delivered, and send events again.
 *
 * @param leaseMs the time that an attempt may take, in milliseconds
 * @param batchRows rows that a statement of a redelivery reads at most
 */
export function createOutboxAdmin(database: Database, now: () => Date, leaseMs: number, batchRows = BATCH_ROWS) {
  return {
    /** Lists events that failed or wait, the newest first. */
    listUndelivered(): Promise<UndeliveredEvent[]> {
      const { id, endpoint, type, at, state, attempts, result } = webhookEvents;
      return database
        .select({ id, endpoint, type, at, state, attempts, result })
        .from(webhookEvents)
        .where(inArray(state, ['failed', 'pending']))
        .orderBy(desc(at))
        .limit(MAX_LISTED_EVENTS);
    },

    /**
     * Makes events due again, for another three days with the pauses of a new event, and with the same id. Appends to the audit.
     *
     * @param selection all failed events of an endpoint, or one event; not one whose attempt may be under way
     * @returns the number of events
     */
    async redeliver(selection: { id: string } | { endpoint: string }): Promise<number> {
      let eventCount = 0;
      for await (const isSelected of listSelections(database, selection, batchRows)) {
        const renewedCount = await renewEvents(database, isSelected, { now: now(), leaseMs });
        // With the first events: a command that is ended between two batches has its entry.
        if (eventCount === 0 && renewedCount > 0) await recordRedelivery(database, now());
        eventCount += renewedCount;
      }
      return eventCount;
    },
  };
}

/** Lists the conditions of a redelivery's statements: failed events are in parts of the index by time, whose rows are stored together. */
async function* listSelections(
  database: Database,
  selection: { id: string } | { endpoint: string },
  batchRows: number,
): AsyncGenerator<SQL | undefined> {
  const { id, endpoint, state, at } = webhookEvents;
  if ('id' in selection) {
    yield eq(id, selection.id);
    return;
  }
  const isFailed = and(eq(endpoint, selection.endpoint), eq(state, 'failed'));
  let last: Date | undefined;
  do {
    const isLater = last && gt(at, last);
    const laterTimes = database.select({ at }).from(webhookEvents).where(isLater).orderBy(asc(at));
    const [batchEnd] = await laterTimes.limit(1).offset(batchRows - 1);
    yield and(isFailed, isLater, batchEnd && lte(at, batchEnd.at));
    last = batchEnd?.at;
  } while (last);
}

/** @returns the number of events */
async function renewEvents(
  database: Database,
  isSelected: SQL | undefined,
  { now, leaseMs }: { now: Date; leaseMs: number },
): Promise<number> {
  const { id, state, dueAt } = webhookEvents;
  // An attempt that is under way has moved `dueAt` to the end of its lease. A later time is the end of a pause.
  const longestLease = new Date(now.getTime() + leaseMs);
  const isNotUnderWay = or(ne(state, 'pending'), lte(dueAt, now), gt(dueAt, longestLease));
  const rows = await database
    .update(webhookEvents)
    .set({ state: 'pending', attempts: 0, dueAt: now, retryFrom: now })
    .where(and(isSelected, isNotUnderWay))
    .returning({ id });
  return rows.length;
}

function recordRedelivery(database: Database, at: Date): Promise<void> {
  return createAuditLog(database).append({
    at: at.toISOString(),
    actor: 'operator',
    role: undefined,
    shop: undefined,
    device: undefined,
    action: 'webhooks.redelivered',
    caseId: undefined,
    fields: [],
    source: undefined,
  });
}
