import type { Locale } from '../locale.ts';

/** Only an agent's case has the event `begun`; a customer alone begins with the first completed step (`taken`). */
export const JOURNEY_EVENT_KINDS = ['begun', 'taken', 'invalid', 'delivered', 'refused', 'not-sent'] as const;
export type JourneyEventKind = (typeof JOURNEY_EVENT_KINDS)[number];

/** An event for the statistics, without any input and without names. */
export type JourneyEvent = {
  /** Keyed hash that groups the events of a journey and leads to no draft. */
  journey: string;
  at: Date;
  kind: JourneyEventKind;
  step: string | null;
  /** Names of invalid fields. */
  fields: readonly string[];
  lang: Locale;
  /** Of an assisted journey. */
  shop: string | null;
  agent: string | null;
};
