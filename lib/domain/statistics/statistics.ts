import { steps } from '../steps/index.ts';
import type { JourneyHistory } from './journey-history.ts';

export const DIMENSIONS = ['all', 'shop', 'agent', 'lang', 'mode'] as const;
export type Dimension = (typeof DIMENSIONS)[number];
export const isDimension = (text: unknown): text is Dimension => DIMENSIONS.some((name) => name === text);

/** The card step is no stage: only some journeys have it. */
export const FUNNEL_STAGES = [
  'begun',
  ...steps.map(({ id }) => id).filter((id) => id !== 'card'),
  'delivered',
] as const;
export type FunnelStage = (typeof FUNNEL_STAGES)[number];

export type FunnelGroup = {
  /** The shop, agent or language; `assisted` or `self`; empty for all, or where there is none. */
  name: string;
  /** Journeys that reached each stage. */
  stages: Record<FunnelStage, number>;
  /** Seconds from the first event to the link. */
  median: number | undefined;
  ninthDecile: number | undefined;
};

/** Journeys in which a field was invalid: corrected afterwards, or not. */
export type InvalidField = { field: string; fixed: number; abandoned: number };

const GROUP_NAME_GETTERS: Record<Dimension, (history: JourneyHistory) => string> = {
  all: () => '',
  shop: ({ shop }) => shop ?? '',
  agent: ({ agent }) => agent ?? '',
  lang: ({ lang }) => lang,
  mode: ({ shop }) => (shop === undefined ? 'self' : 'assisted'),
};

/** Columns by which groups are sorted: names from A on, counts and times with the largest first. */
export const SORT_COLUMNS = ['name', ...FUNNEL_STAGES, 'median'] as const;
export type SortColumn = (typeof SORT_COLUMNS)[number];
export const isSortColumn = (text: unknown): text is SortColumn => SORT_COLUMNS.some((name) => name === text);

/** Builds the funnel by one dimension, sorted by a column. */
export function buildFunnel(
  journeys: readonly JourneyHistory[],
  dimension: Dimension,
  column: SortColumn = 'begun',
): FunnelGroup[] {
  const historiesByName = Map.groupBy(journeys, GROUP_NAME_GETTERS[dimension]);
  const getNumber = ({ stages, median }: FunnelGroup) =>
    column === 'name' ? 0 : column === 'median' ? (median ?? 0) : stages[column];
  return [...historiesByName]
    .map(([name, histories]) => buildFunnelGroup(name, histories))
    .sort((a, b) => getNumber(b) - getNumber(a) || a.name.localeCompare(b.name));
}

/** Journeys of a day that began, and those that reached their end on it or later. */
export type DailyCount = { day: string; begun: number; delivered: number };

/** Counts the journeys by the day of their first event. @param days in their order, also those without a journey */
export function countByDay(
  journeys: readonly JourneyHistory[],
  days: readonly string[],
  getDay: (time: Date) => string,
): DailyCount[] {
  const historiesByDay = Map.groupBy(journeys, ({ firstAt }) => getDay(new Date(firstAt)));
  return days.map((day) => {
    const histories = historiesByDay.get(day) ?? [];
    const deliveredCount = histories.filter(({ deliveredAt }) => deliveredAt !== undefined).length;
    return { day, begun: histories.length, delivered: deliveredCount };
  });
}

function buildFunnelGroup(name: string, histories: readonly JourneyHistory[]): FunnelGroup {
  const count = (hasStage: (history: JourneyHistory) => boolean) => histories.filter(hasStage).length;
  const counts = FUNNEL_STAGES.map((stage) => [
    stage,
    count(({ completedSteps, deliveredAt }) =>
      stage === 'begun' ? true : stage === 'delivered' ? deliveredAt !== undefined : completedSteps.has(stage),
    ),
  ]);
  const seconds = histories
    .flatMap(({ firstAt, deliveredAt }) => (deliveredAt === undefined ? [] : [(deliveredAt - firstAt) / 1_000]))
    .sort((a, b) => a - b);
  const getPercentile = (share: number) => seconds[Math.min(seconds.length - 1, Math.floor(seconds.length * share))];
  return {
    name,
    stages: Object.fromEntries(counts) as FunnelGroup['stages'],
    median: getPercentile(0.5),
    ninthDecile: getPercentile(0.9),
  };
}

/** Counts invalid fields, the most frequent first. */
export function countInvalidFields(journeys: readonly JourneyHistory[]): InvalidField[] {
  const counts = new Map<string, InvalidField>();
  for (const { invalidFields } of journeys) {
    for (const [field, { isFixed }] of invalidFields) {
      const invalidField = counts.get(field) ?? { field, fixed: 0, abandoned: 0 };
      counts.set(field, invalidField);
      invalidField[isFixed ? 'fixed' : 'abandoned'] += 1;
    }
  }
  return [...counts.values()].sort(
    (a, b) => b.fixed + b.abandoned - (a.fixed + a.abandoned) || a.field.localeCompare(b.field),
  );
}
