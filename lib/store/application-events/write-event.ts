import { type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import type { WithSubquery } from 'drizzle-orm/subquery';
import type { ApplicationEvent, EventDecision } from '../../domain/events/application-event.ts';
import type { Database } from '../database.ts';
import { webhookEvents } from '../schema.ts';
import { NOW_PARAM } from '../statement-params.ts';

/** An endpoint of the partner with the types that it wants. */
export type EventSubscription = { endpoint: string; types: readonly ApplicationEvent['type'][] };

/** The rows that changed, as their statement names them, and what their events say. */
type EventSource = {
  rows: WithSubquery;
  draftId: SQLWrapper;
  /** With `sequence`, it makes the id of the event: the same change can make no second one. */
  subject: SQLWrapper;
  sequence: SQLWrapper;
  type: ApplicationEvent['type'];
  decision?: EventDecision | undefined;
  submissionId?: SQLWrapper;
  stall?: SQLWrapper;
  linkUntil?: SQLWrapper;
};

const NONE = { uuid: sql`null::uuid`, integer: sql`null::integer`, time: sql`null::timestamptz` };

/**
 * Builds the CTE that writes the event of changed rows in the statement that changes them, for each endpoint that wants its type.
 * Without such an endpoint there is none.
 */
export function buildEventWrite(
  database: Database,
  subscriptions: readonly EventSubscription[],
  { rows, draftId, subject, sequence, type, decision, submissionId, stall, linkUntil }: EventSource,
): WithSubquery[] {
  const names = subscriptions.filter(({ types }) => types.includes(type)).map(({ endpoint }) => endpoint);
  if (names.length === 0) return [];
  const endpoints = sql.join(
    names.map((name) => sql`(${name}::text)`),
    sql`, `,
  );
  const position = sql`(select coalesce(max(earlier.position), 0) + 1 from ${webhookEvents} as earlier
    where earlier.draft_id = ${draftId} and earlier.endpoint = endpoint.name)`;
  const insert = sql`insert into ${webhookEvents} (id, draft_id, endpoint, position, type, submission_id, decision, stall,
      link_until, at, state, attempts, due_at, retry_from)
    select 'msg_' || ${subject} || '_' || ${sequence}::text || '_' || endpoint.name, ${draftId}, endpoint.name, ${position},
      ${type}::text, ${submissionId ?? NONE.uuid}, ${toText(decision)}, ${stall ?? NONE.integer}, ${linkUntil ?? NONE.time},
      ${NOW_PARAM}, 'pending', 0, ${NOW_PARAM}, ${NOW_PARAM}
    from ${rows} cross join (values ${endpoints}) as endpoint (name)`;
  return [database.$with('announced', {}).as(insert)];
}

const toText = (value: string | undefined): SQL => (value === undefined ? sql`null::text` : sql`${value}::text`);
