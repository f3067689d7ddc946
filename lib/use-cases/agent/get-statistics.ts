import 'server-only';
import { getEnv } from '../../config/env.ts';
import { addDays, createDaySpan, type DaySpan, formatDay, listDays } from '../../domain/day-span.ts';
import { groupJourneys, type JourneyHistory } from '../../domain/statistics/journey-history.ts';
import {
  buildFunnel,
  countByDay,
  countInvalidFields,
  type DailyCount,
  type Dimension,
  type FunnelGroup,
  type InvalidField,
  isDimension,
  isSortColumn,
  type SortColumn,
} from '../../domain/statistics/statistics.ts';
import type { AgentSession } from '../../store/agent-sessions.ts';
import { getStore } from '../../store/store.ts';

/** The query of a statistics page: days as `YYYY-MM-DD`, the dimension of the groups, and the column that sorts them. */
export type StatisticsQuery = Partial<Record<'from' | 'to' | 'by' | 'sort', string | undefined>>;

export type Statistics = {
  from: string;
  to: string;
  by: Dimension;
  sort: SortColumn;
  groups: FunnelGroup[];
  wrong: InvalidField[];
  days: DailyCount[];
  /** All journeys of the span together; undefined when there is none. */
  total: FunnelGroup | undefined;
  /** The same of as many days before the span. */
  totalBefore: FunnelGroup | undefined;
  /** Names of the agents by login id, for groups by agent. */
  agentNames: ReadonlyMap<string, string>;
};

/** Days that the page shows by default. */
const DEFAULT_DAYS = 30;

/** Returns the first day of a period that ends today. */
export const getPeriodStart = (days: number): string => addDays(getToday(), 1 - days);

export const getToday = (): string => formatDay(getEnv().PARTNER_TIME_ZONE, new Date());

/** Parses the span of days, by default the last ones. @returns undefined when it is invalid */
const parseDaySpan = ({ from, to }: StatisticsQuery): DaySpan | undefined =>
  createDaySpan(from || getPeriodStart(DEFAULT_DAYS), to || getToday(), getEnv().PARTNER_TIME_ZONE);

/**
 * Computes the statistics of a span of days and compares it with the days before. Groups by agent contain the journeys of the
 * supervisor's own shop only.
 *
 * @returns undefined when the span is invalid
 */
export async function getStatistics({ shop }: AgentSession, query: StatisticsQuery): Promise<Statistics | undefined> {
  const span = parseDaySpan(query);
  if (!span) return undefined;
  const timeZone = getEnv().PARTNER_TIME_ZONE;
  const [dimension, column] = [
    isDimension(query.by) ? query.by : 'all',
    isSortColumn(query.sort) ? query.sort : 'begun',
  ];
  const { agents, events } = await getStore();
  const loadJourneys = async ({ start, end }: Pick<DaySpan, 'start' | 'end'>): Promise<JourneyHistory[]> => {
    const journeys = await groupJourneys(events.listBetween(start, end));
    return dimension === 'agent' ? journeys.filter((journey) => journey.shop === shop) : journeys;
  };
  const journeys = await loadJourneys(span);
  const days = listDays(span);
  const spanBefore = createDaySpan(addDays(span.from, -days.length), addDays(span.from, -1), timeZone);
  const groups = buildFunnel(journeys, dimension, column);
  return {
    from: span.from,
    to: span.to,
    by: dimension,
    sort: column,
    groups,
    wrong: countInvalidFields(journeys),
    days: countByDay(journeys, days, (time) => formatDay(timeZone, time)),
    total: buildFunnel(journeys, 'all')[0],
    totalBefore: spanBefore && buildFunnel(await loadJourneys(spanBefore), 'all')[0],
    agentNames: await agents.findNames(dimension === 'agent' ? groups.map(({ name }) => name) : []),
  };
}
