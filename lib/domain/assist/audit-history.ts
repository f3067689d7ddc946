import type { AuditEntry } from './audit.ts';

/** Entries of one actor and action closer together than this are one act, in milliseconds: a page redirects, or is opened again. */
const SAME_ACT_MS = 60_000;

/** An act of the history, with the fields of all its entries. */
export type HistoryAct = Pick<AuditEntry, 'actor' | 'actorName' | 'action' | 'fields' | 'source'> & {
  /** Of its first entry. ISO 8601, UTC. */
  at: string;
};

/**
 * Groups the entries of a case into acts, the newest first.
 *
 * @param entries in their order
 */
export function buildHistory(entries: readonly AuditEntry[]): HistoryAct[] {
  const acts: (HistoryAct & { lastAt: string })[] = [];
  for (const { at: time, actor, actorName, action, fields, source } of entries) {
    const last = acts.at(-1);
    const isSameAct =
      last?.actor === actor &&
      last.action === action &&
      last.source === source &&
      Date.parse(time) - Date.parse(last.lastAt) <= SAME_ACT_MS;
    if (isSameAct) {
      last.fields = [...new Set([...last.fields, ...fields])];
      last.lastAt = time;
    } else acts.push({ at: time, lastAt: time, actor, actorName, action, fields, source });
  }
  return acts.reverse().map(({ lastAt: _lastAt, ...act }) => act);
}
