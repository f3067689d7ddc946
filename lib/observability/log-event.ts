import type { LimitName } from '../config/rate-limits.ts';
import type { ApplicationEvent } from '../domain/events/application-event.ts';
import type { BrowserReport } from './browser-reports.ts';
import type { PolicyReport } from './policy-reports.ts';

/**
 * All events that may be logged, with their fields. No field takes a typed text, a link, a token or a key.
 */
export type LogEvent =
  | { event: 'boot.ready'; port: number; database: 'postgres' | 'embedded'; survivesPowerLoss: boolean }
  /** The server did not start: names of variables, or an error's name and code. */
  | { event: 'boot.failed'; cause: string }
  /** The server runs, and an operator should check a setting. */
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
  /** Automatic reconciliation gave up: a supervisor decides. */
  | { event: 'submission.parked'; submission: string; cause: string }
  /** A key, a route, a certificate or a promise of the upstream is wrong. */
  | { event: 'upstream.alarm'; cause: string }
  | { event: 'upstream.breaker'; isOpen: boolean }
  /** Another Postgres serves than before, by its system identifier and timeline. */
  | { event: 'database.failed-over' }
  /** An event could not be delivered to the partner's endpoint; unless it was the final attempt, another one follows. */
  | {
      event: 'webhook.failed';
      endpoint: string;
      type: ApplicationEvent['type'];
      message: string;
      attempt: number;
      /** A status or the code of an error, never a text of the receiver. */
      cause: string;
      isFinal: boolean;
    }
  | { event: 'partner-link.opened'; next: string }
  | { event: 'partner-link.refused'; cause: string }
  /** A verified document of a wallet filled fields. */
  | { event: 'wallet.verified'; fields: number }
  /** A kind of refusal of ours, never a text of the wallet. */
  | { event: 'wallet.refused'; cause: string }
  /** A customer continued a journey of a partner's frame in the whole window. */
  | { event: 'frame.left' }
  | { event: 'frame.exit-refused'; cause: string }
  | { event: 'agent.signed-in'; role: string; shop: string }
  /** A sign-in that failed: a name of ours or of the protocol, never a received text. */
  | { event: 'agent.refused'; cause: string }
  /**
   * An agent tried a forbidden action or a case outside of their shop. The agent's id is in the session, not in the log.
   */
  | { event: 'access.refused'; cause: string }
  /** Encrypted rows, counted for a second, that no configured key decrypts. */
  | { event: 'row.unreadable'; kind: string; rows: number }
  /** Requests that the pipeline refused within a second, by status. */
  | { event: 'request.refused'; status: number; requests: number }
  /** A journey event that is missing in the statistics. */
  | { event: 'figures.lost'; cause: string }
  /** Rows of this kind are kept longer than they should be, until a later run ends them. */
  | { event: 'purge.failed'; kind: string; cause: string }
  /** Next.js, a library or Node printed something: the stream and the error's class, never the text. */
  | { event: 'runtime.printed'; stream: string; name: string | undefined; count: number }
  /** Next.js wrote the scripts of a page in a form that we do not know: they are not held. */
  | { event: 'scripts.unknown' }
  | { event: 'server.draining' }
  /** Requests that load shedding refused within a second. */
  | { event: 'server.shedding'; requests: number }
  | { event: 'server.failed'; cause: string }
  | { event: 'request.failed'; digest: string | undefined; route: string; kind: string }
  /** A page's policy has stopped something in a browser. */
  | ({ event: 'policy.violated'; reports: number } & PolicyReport)
  /** A client exceeded a limit: its name, never the client's address. */
  | { event: 'limit.reached'; limit: LimitName }
  /** Counts that could not be written: other instances do not know of them. */
  | { event: 'limits.lost'; cause: string }
  /** A browser reported a fault of Google or the vault. */
  | { event: 'browser.reported'; what: BrowserReport };
