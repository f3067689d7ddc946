import { and, desc, eq, inArray } from 'drizzle-orm';
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

export type OutboxAdmin = ReturnType<typeof createOutboxAdmin>;

/** Creates the operators' functions: list the events that were not delivered, and send events again. */
export function createOutboxAdmin(database: Database, now: () => Date) {
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
     * Makes events due again, for another three days, with the same id. Appends to the audit.
     *
     * @param selection one event in any state, or all failed events of an endpoint
     * @returns the number of events
     */
    async redeliver(selection: { id: string } | { endpoint: string }): Promise<number> {
      const isSelected =
        'id' in selection
          ? eq(webhookEvents.id, selection.id)
          : and(eq(webhookEvents.endpoint, selection.endpoint), eq(webhookEvents.state, 'failed'));
      const rows = await database
        .update(webhookEvents)
        .set({ state: 'pending', dueAt: now(), retryFrom: now() })
        .where(isSelected)
        .returning({ id: webhookEvents.id });
      if (rows.length > 0) await recordRedelivery(database, now());
      return rows.length;
    },
  };
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
