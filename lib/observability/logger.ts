import 'server-only';
import { pino } from 'pino';
import type { LogEvent } from './log-event.ts';
import { count } from './metrics.ts';

const output = pino({ base: null, timestamp: pino.stdTimeFunctions.isoTime });

export function log(event: LogEvent): void {
  count(event);
  output.info(event);
}
