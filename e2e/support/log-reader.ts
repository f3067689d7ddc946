import type { LogEvent } from '../../lib/observability/log-event.ts';

type EventFields = {
  [Name in LogEvent['event']]: readonly Exclude<keyof Extract<LogEvent, { event: Name }>, 'event'>[];
};

/** Each event that the app may log, and its fields: a new one has to be written down here, or the runs fail. */
const EVENT_FIELDS: EventFields = {
  'boot.ready': ['port', 'database', 'survivesPowerLoss'],
  'boot.failed': ['cause'],
  'boot.warning': ['cause'],
  'metrics.ready': ['port'],
  'step.saved': ['step'],
  'step.invalid': ['step', 'fields'],
  'submission.called': ['submission', 'attempt', 'outcome', 'cause', 'ms'],
  'submission.held': ['submission', 'cause'],
  'submission.settled': ['submission', 'outcome'],
  'submission.parked': ['submission', 'cause'],
  'upstream.alarm': ['cause'],
  'upstream.breaker': ['isOpen'],
  'database.failed-over': [],
  'webhook.failed': ['endpoint', 'type', 'message', 'attempt', 'cause', 'isFinal'],
  'partner-link.opened': ['next'],
  'partner-link.refused': ['cause'],
  'wallet.verified': ['fields'],
  'wallet.refused': ['cause'],
  'frame.left': [],
  'frame.exit-refused': ['cause'],
  'agent.signed-in': ['role', 'shop'],
  'agent.refused': ['cause'],
  'access.refused': ['cause'],
  'request.refused': ['status', 'requests'],
  'figures.lost': ['cause'],
  'purge.failed': ['kind', 'cause'],
  'runtime.printed': ['stream', 'name', 'count'],
  'scripts.unknown': [],
  'server.draining': [],
  'server.shedding': ['requests'],
  'server.failed': ['cause'],
  'row.unreadable': ['kind', 'rows'],
  'request.failed': ['digest', 'route', 'kind'],
  'policy.violated': ['directive', 'blocked', 'reports'],
  'limit.reached': ['limit'],
  'limits.lost': ['cause'],
  'browser.reported': ['what'],
};

/** The name of each event. */
export const LOG_EVENTS = Object.keys(EVENT_FIELDS);

const COMMON_FIELDS = ['level', 'time', 'event'];

/** The whole lines of an output that are no event of the list, or have a field that is not on it. */
export function findUnlistedLines(output: string): string[] {
  return output
    .split('\n')
    .slice(0, -1)
    .filter((line) => !isListed(line));
}

function isListed(line: string): boolean {
  try {
    const parsed = JSON.parse(line) as Record<string, unknown>;
    const name = String(parsed['event']);
    if (!Object.hasOwn(EVENT_FIELDS, name)) return false;
    const fields: readonly string[] = [...COMMON_FIELDS, ...EVENT_FIELDS[name as LogEvent['event']]];
    return Object.entries(parsed).every(([field, value]) => fields.includes(field) && typeof value !== 'object');
  } catch {
    return false;
  }
}
