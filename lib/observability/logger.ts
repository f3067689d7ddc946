import 'server-only';
import { pino } from 'pino';

/**
 * All that may be logged: an event's name and these fields. Nothing a person typed, no link, no token, no key has a
 * place here, so none can slip in.
 */
export type LogEvent =
  | { event: 'boot.ready'; database: 'postgres' | 'embedded' }
  | { event: 'step.saved'; step: string }
  | { event: 'step.invalid'; step: string; fields: string }
  | { event: 'submission.ended'; submission: string; outcome: string; cause?: string | undefined; ms: number }
  | { event: 'card.fault'; fault: string };

const output = pino({ base: null, timestamp: pino.stdTimeFunctions.isoTime });

export function log(event: LogEvent): void {
  output.info(event);
}
