import type { Keys } from '../../crypto/encryption.ts';
import { computeKeyedHash } from '../../crypto/keyed-hash.ts';
import type { ApplicationEvent } from '../../domain/events/application-event.ts';
import { getReference } from '../../domain/text/ids.ts';
import type { webhookEvents } from '../schema.ts';

type EventRow = typeof webhookEvents.$inferSelect;

type EventTools = {
  keys: Keys;
  /** The public origin, for the link that continues a stalled application. */
  origin: string;
};

/**
 * Computes the token of the link in a stalled event. It is not stored, so that each attempt to deliver the event computes the
 * same one and a copy of the database opens no draft.
 *
 * @param stall which report of the draft it is: each has another token
 */
export const computeResumeToken = (draftId: string, stall: number, keys: Keys): string =>
  computeKeyedHash(`${draftId}.${stall}`, 'resume', keys);

/** Builds the body of an event from its row. The same row makes the same body at each attempt. */
export function buildApplicationEvent(
  row: EventRow,
  partnerReference: string | undefined,
  tools: EventTools,
): ApplicationEvent {
  const timestamp = row.at.toISOString();
  const application = { application: row.draftId, ...(partnerReference !== undefined && { partnerReference }) };
  const submission = { ...application, reference: getReference(row.submissionId ?? '') };
  switch (row.type) {
    case 'application.started':
      return { type: row.type, timestamp, data: application };
    case 'application.stalled':
      return { type: row.type, timestamp, data: { ...application, ...buildContinuation(row, tools) } };
    case 'application.resolved':
      return { type: row.type, timestamp, data: { ...submission, decision: row.decision ?? 'refused' } };
    case 'application.submitted':
    case 'application.link_delivered':
    case 'application.refused':
    case 'application.needs_review':
      return { type: row.type, timestamp, data: submission };
  }
}

function buildContinuation({ draftId, stall, linkUntil }: EventRow, { keys, origin }: EventTools) {
  if (stall === null || linkUntil === null) return {};
  const continueUrl = `${origin}/resume#${computeResumeToken(draftId, stall, keys)}`;
  return { continueUrl, continueUntil: linkUntil.toISOString() };
}
