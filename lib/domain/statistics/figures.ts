import { steps } from '../steps/index.ts';
import type { JourneyStory } from './journeys.ts';

/** What figures are parted by. */
export const DIMENSIONS = ['all', 'shop', 'agent', 'lang', 'mode'] as const;
export type Dimension = (typeof DIMENSIONS)[number];
export const isDimension = (text: unknown): text is Dimension => DIMENSIONS.some((name) => name === text);

/** Where a journey can get to. A card is only asked of some, so it is no stage. */
export const STAGES = ['begun', ...steps.map(({ id }) => id).filter((id) => id !== 'card'), 'delivered'] as const;
export type Stage = (typeof STAGES)[number];

export type Group = {
  /** The shop, agent or language; `assisted` or `self`; empty for all, or where there is none. */
  name: string;
  /** Journeys that got to each stage. */
  stages: Record<Stage, number>;
  /** Seconds from the first event to the link, of those who got there: the middle one, and nine in ten are faster. */
  median: number | undefined;
  ninth: number | undefined;
};

/** A field, in how many journeys it was wrong and set right afterwards, and in how many it was not. */
export type WrongField = { field: string; mended: number; lost: number };

const NAME_OF: Record<Dimension, (story: JourneyStory) => string> = {
  all: () => '',
  shop: ({ shop }) => shop ?? '',
  agent: ({ agent }) => agent ?? '',
  lang: ({ lang }) => lang,
  mode: ({ shop }) => (shop === undefined ? 'self' : 'assisted'),
};

/** The funnel and the times, parted by one dimension; the groups with the most journeys first. */
export function funnelOf(journeys: readonly JourneyStory[], by: Dimension): Group[] {
  const parts = Map.groupBy(journeys, NAME_OF[by]);
  return [...parts]
    .map(([name, stories]) => groupOf(name, stories))
    .sort((a, b) => b.stages.begun - a.stages.begun || a.name.localeCompare(b.name));
}

function groupOf(name: string, stories: readonly JourneyStory[]): Group {
  const count = (hasIt: (story: JourneyStory) => boolean) => stories.filter(hasIt).length;
  const counts = STAGES.map((stage) => [
    stage,
    count(({ taken, deliveredAt }) =>
      stage === 'begun' ? true : stage === 'delivered' ? deliveredAt !== undefined : taken.has(stage),
    ),
  ]);
  const seconds = stories
    .flatMap(({ firstAt, deliveredAt }) => (deliveredAt === undefined ? [] : [(deliveredAt - firstAt) / 1_000]))
    .sort((a, b) => a - b);
  const at = (share: number) => seconds[Math.min(seconds.length - 1, Math.floor(seconds.length * share))];
  return { name, stages: Object.fromEntries(counts) as Group['stages'], median: at(0.5), ninth: at(0.9) };
}

/** Which fields were wrong, the most frequent first. */
export function wrongFieldsOf(journeys: readonly JourneyStory[]): WrongField[] {
  const counts = new Map<string, WrongField>();
  for (const { wrong } of journeys) {
    for (const [field, { isMended }] of wrong) {
      const found = counts.get(field) ?? { field, mended: 0, lost: 0 };
      counts.set(field, found);
      found[isMended ? 'mended' : 'lost'] += 1;
    }
  }
  return [...counts.values()].sort((a, b) => b.mended + b.lost - (a.mended + a.lost) || a.field.localeCompare(b.field));
}
