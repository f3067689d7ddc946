import 'server-only';
import { pino } from 'pino';
import type { LogEvent } from './log-event.ts';
import { countEvent } from './metrics.ts';

// pino writes to the descriptor: `output-guard.mjs` has replaced `process.stdout`.
const output = pino({ base: null, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination({ fd: 1, sync: true }));

export function log(event: LogEvent): void {
  countEvent(event);
  output.info(event);
}
