import type { LimitName } from '../config/rate-limits.ts';
import type { BrowserReport } from './browser-reports.ts';
import type { PolicyReport } from './policy-reports.ts';

/**
 * All that may be logged: an event's name and these fields. Nothing a person typed, no link, no token, no key has a
 * place here, so none can slip in.
 */
export type LogEvent =
  | { event: 'boot.ready'; port: number; database: 'postgres' | 'embedded'; survivesPowerLoss: boolean }
  /** The server did not start: names of variables, or an error's name and code. */
  | { event: 'boot.failed'; cause: string }
  /** The server runs, and a setting deserves a look. */
  | { event: 'boot.warning'; cause: string }
  | { event: 'metrics.ready'; port: number }
  | { event: 'step.saved'; step: string }
  | { event: 'step.invalid'; step: string; fields: string }
  | {
      event: 'submission.called';
      submission: string;
      attempt: number;
      outcome: string;
      cause: string | undefined;
      ms: number;
    }
  /** Not sent: the upstream is down or too busy. */
  | { event: 'submission.held'; submission: string; cause: string }
  | { event: 'submission.settled'; submission: string; outcome: string }
  /** Automation gave up: a person has to look. */
  | { event: 'submission.parked'; submission: string; cause: string }
  /** A key, a route, a certificate or a promise of the upstream is wrong. */
  | { event: 'upstream.alarm'; cause: string }
  | { event: 'upstream.breaker'; isOpen: boolean }
  /** Another Postgres serves than before, by its system identifier and timeline. */
  | { event: 'database.failed-over' }
  | { event: 'partner-link.opened'; next: string }
  | { event: 'partner-link.refused'; cause: string }
  | { event: 'agent.signed-in'; role: string; shop: string }
  /** A sign-in that did not come to its end: a name of ours or of the protocol, never what was sent. */
  | { event: 'agent.refused'; cause: string }
  /** What an agent may not do, or a case that is not there for them. Who it was is in the session, not here. */
  | { event: 'access.refused'; cause: string }
  /** Encrypted rows, counted for a second, that no configured key decrypts. */
  | { event: 'row.unreadable'; kind: string; rows: number }
  /** What the gate has turned away, by the status that it answered. */
  | { event: 'request.refused'; status: number; requests: number }
  /** An event that the figures do without. */
  | { event: 'figures.lost'; cause: string }
  /** Rows of this kind are kept longer than they should be, until a later run ends them. */
  | { event: 'purge.failed'; kind: string; cause: string }
  /** The framework, a library or Node printed something: which stream, and the error's class. Never what it says. */
  | { event: 'runtime.printed'; stream: string; name: string | undefined; count: number }
  | { event: 'server.draining' }
  /** How many were turned away within a second, because there was too much to do. */
  | { event: 'server.shedding'; requests: number }
  | { event: 'server.failed'; cause: string }
  | { event: 'request.failed'; digest: string | undefined; route: string; kind: string }
  /** What a page's policy has stopped in a browser. */
  | ({ event: 'policy.violated'; reports: number } & PolicyReport)
  /** Somebody came too often: what for, and never who. */
  | { event: 'limit.reached'; limit: LimitName }
  /** What was counted at one moment, and the other instances will not know of. */
  | { event: 'limits.lost'; cause: string }
  /** What a browser saw of Google or the vault. */
  | { event: 'browser.reported'; what: BrowserReport };
