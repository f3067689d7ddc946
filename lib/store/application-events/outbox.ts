import { and, asc, count, eq, inArray, lt, lte, ne, notExists, or, type SQL, sql } from 'drizzle-orm';
import { alias, type PgUpdateSetSource } from 'drizzle-orm/pg-core';
import type { Keys } from '../../crypto/encryption.ts';
import type { ApplicationEvent } from '../../domain/events/application-event.ts';
import type { Database } from '../database.ts';
import { decryptJson } from '../encrypted-values.ts';
import { applications, webhookEvents } from '../schema.ts';
import { NOW_PARAM, toParam, toTimestampParam } from '../statement-params.ts';
import { buildApplicationEvent } from './build-event.ts';
import type { ApplicationSecrets } from './start.ts';

type OutboxContext = {
  database: Database;
  keys: Keys;
  now: () => Date;
  /** The public origin, for links in events. */
  origin: string;
  /** How long an attempt protects its event from other instances, in milliseconds. */
  leaseMs: number;
};

/** An event that this instance delivers now. A later attempt, of any instance, makes it void. */
export type ClaimedEvent = {
  id: string;
  draftId: string;
  attempt: number;
  /** The start of its three days of attempts. */
  retryFrom: Date;
  body: ApplicationEvent;
};

export type Outbox = ReturnType<typeof createOutbox>;

/**
 * Creates the repository of events that wait for delivery. Any number of processes may share it: an attempt names the number of
 * the attempt before, so of two processes one gets the event.
 */
export function createOutbox(context: OutboxContext) {
  const { database, now, leaseMs } = context;
  const findDue = prepareFindDue(database);
  const claim = prepareClaim(database);
  const result = toParam<string>('result');
  const dueAt = toTimestampParam('dueAt');
  const endings = {
    delivered: prepareAttemptEnd(database, 'event_delivered', { state: 'delivered', result }, NOW_PARAM),
    failed: prepareAttemptEnd(database, 'event_failed', { state: 'failed', result }, NOW_PARAM),
  };
  const postpone = prepareAttemptEnd(database, 'event_postponed', { result, dueAt }, dueAt);
  const getNow = () => now().toISOString();
  const getLeaseEnd = () => new Date(now().getTime() + leaseMs).toISOString();
  const runInTurn = createTurns();

  return {
    /** Claims up to `limit` events of an endpoint, of each application the earliest one that is not delivered. */
    async claimDue(endpoint: string, limit: number): Promise<ClaimedEvent[]> {
      const dueRows = await runInTurn(() => findDue.execute({ endpoint, limit, at: getNow() }));
      const claimedRows: (typeof webhookEvents.$inferSelect)[] = [];
      for (const row of dueRows)
        claimedRows.push(
          ...(await runInTurn(() => claim.execute({ ...row, leaseUntil: getLeaseEnd(), at: getNow() }))),
        );
      return claimedRows.length === 0 ? [] : runInTurn(() => readClaimed(context, claimedRows));
    },

    /** Ends an event: it was delivered, or is not sent again by itself. The application's next event is due then. */
    async settle({ id, draftId, attempt }: ClaimedEvent, state: keyof typeof endings, cause: string): Promise<void> {
      await runInTurn(() => endings[state].execute({ id, draftId, attempts: attempt, result: cause, at: getNow() }));
    },

    /** Plans the next attempt, before which no later event of the application is due. */
    async postpone({ id, draftId, attempt }: ClaimedEvent, until: Date, cause: string): Promise<void> {
      const planned = { id, draftId, attempts: attempt, result: cause, dueAt: until.toISOString() };
      await runInTurn(() => postpone.execute(planned));
    },

    /** Counts the events that wait, by endpoint. */
    async countPending(): Promise<Map<string, number>> {
      const rows = await database
        .select({ endpoint: webhookEvents.endpoint, events: count() })
        .from(webhookEvents)
        .where(IS_PENDING)
        .groupBy(webhookEvents.endpoint);
      return new Map(rows.map(({ endpoint, events }) => [endpoint, events]));
    },
  };
}

/**
 * Creates a function that runs statements one after another. Deliveries come in bursts, and each statement takes a connection of the
 * pool: many at once would make submissions wait.
 */
function createTurns() {
  let previous: Promise<unknown> = Promise.resolve();
  return <Result>(run: () => Promise<Result>): Promise<Result> => {
    const turn = previous.then(run, run);
    previous = turn;
    return turn;
  };
}

const IS_PENDING = eq(webhookEvents.state, 'pending');
const IS_EVENT = and(eq(webhookEvents.draftId, toParam('draftId')), eq(webhookEvents.id, toParam('id')));
const IS_ATTEMPT = and(IS_EVENT, IS_PENDING, eq(webhookEvents.attempts, toParam('attempts')));

async function readClaimed(
  { database, keys, origin }: OutboxContext,
  rows: (typeof webhookEvents.$inferSelect)[],
): Promise<ClaimedEvent[]> {
  const draftIds = rows.map(({ draftId }) => draftId);
  const secretRows = await database
    .select({ id: applications.id, sealed: applications.sealed })
    .from(applications)
    .where(inArray(applications.id, draftIds));
  const references = new Map(
    secretRows.map(({ id, sealed }) => [
      id,
      decryptJson<ApplicationSecrets>('application', id, sealed, keys)?.reference,
    ]),
  );
  return rows.map((row) => ({
    id: row.id,
    draftId: row.draftId,
    attempt: row.attempts,
    retryFrom: row.retryFrom,
    body: buildApplicationEvent(row, references.get(row.draftId), { keys, origin }),
  }));
}

function prepareFindDue(database: Database) {
  const earlier = alias(webhookEvents, 'earlier');
  const isEarlier = or(
    lt(earlier.position, webhookEvents.position),
    and(eq(earlier.position, webhookEvents.position), lt(earlier.id, webhookEvents.id)),
  );
  const waitingBefore = database
    .select({ id: earlier.id })
    .from(earlier)
    .where(
      and(
        eq(earlier.draftId, webhookEvents.draftId),
        eq(earlier.endpoint, webhookEvents.endpoint),
        eq(earlier.state, 'pending'),
        isEarlier,
      ),
    );
  const isDue = and(eq(webhookEvents.endpoint, toParam('endpoint')), IS_PENDING, lte(webhookEvents.dueAt, NOW_PARAM));
  return database
    .select({ id: webhookEvents.id, draftId: webhookEvents.draftId, attempts: webhookEvents.attempts })
    .from(webhookEvents)
    .where(and(isDue, notExists(waitingBefore)))
    .orderBy(asc(webhookEvents.dueAt))
    .limit(sql.placeholder('limit'))
    .prepare('find_due_events');
}

function prepareClaim(database: Database) {
  return database
    .update(webhookEvents)
    .set({ attempts: sql`${webhookEvents.attempts} + 1`, dueAt: toTimestampParam('leaseUntil') })
    .where(and(IS_ATTEMPT, lte(webhookEvents.dueAt, NOW_PARAM)))
    .returning()
    .prepare('claim_event');
}

type EventChange = PgUpdateSetSource<typeof webhookEvents>;

/** Prepares the end of an attempt, which also moves the events that wait behind it: they are not searched before. */
function prepareAttemptEnd(database: Database, name: string, change: EventChange, followersDueAt: SQL<Date>) {
  const { draftId, endpoint, id } = webhookEvents;
  const changedEvent = database
    .$with('changed', { draftId, endpoint })
    .as(database.update(webhookEvents).set(change).where(IS_ATTEMPT).returning({ draftId, endpoint }).getSQL());
  const isBehind = and(
    eq(draftId, changedEvent.draftId),
    eq(endpoint, changedEvent.endpoint),
    ne(id, toParam('id')),
    IS_PENDING,
  );
  return database
    .with(changedEvent)
    .update(webhookEvents)
    .set({ dueAt: followersDueAt })
    .from(changedEvent)
    .where(isBehind)
    .prepare(name);
}
