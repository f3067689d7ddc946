import type { Locale } from '../locale.ts';
/**
 * What is written down of a journey for the figures: a step that was taken or not, and the end. `begun` is an agent's start
 * of a case; a customer alone begins with the first step that they continue.
 */
export const JOURNEY_EVENT_KINDS = ['begun', 'taken', 'invalid', 'delivered', 'refused', 'not-sent'] as const;
export type JourneyEventKind = (typeof JOURNEY_EVENT_KINDS)[number];

/** One of them. No value that anybody typed, and nobody's name. */
export type JourneyEvent = {
  /** Which events are of one journey: a keyed hash that leads to no draft. */
  journey: string;
  at: Date;
  kind: JourneyEventKind;
  step: string | null;
  /** Names of the fields that were wrong. */
  fields: readonly string[];
  lang: Locale;
  /** Of an assisted journey. */
  shop: string | null;
  agent: string | null;
};
