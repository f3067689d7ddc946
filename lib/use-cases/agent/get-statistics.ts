import 'server-only';
import { getEnv } from '../../config/env.ts';
import { createDaySpan, type DaySpan, formatDay } from '../../domain/day-span.ts';
import { groupJourneys } from '../../domain/statistics/journey-history.ts';
import {
  buildFunnel,
  countInvalidFields,
  type Dimension,
  type FunnelGroup,
  type InvalidField,
  isDimension,
} from '../../domain/statistics/statistics.ts';
import { DAY_MS } from '../../domain/time.ts';
import type { AgentSession } from '../../store/agent-sessions.ts';
import { getStore } from '../../store/store.ts';

/** The query of a statistics page: days as `YYYY-MM-DD`, and the dimension of the groups. */
export type StatisticsQuery = { from?: string | undefined; to?: string | undefined; by?: string | undefined };

export type Statistics = { from: string; to: string; by: Dimension; groups: FunnelGroup[]; wrong: InvalidField[] };

/** Days that the page shows by default. */
const DEFAULT_DAYS = 30;

/** Parses the span of days, by default the last ones. @returns undefined when it is invalid */
function parseDaySpan({ from, to }: StatisticsQuery): DaySpan | undefined {
  const { PARTNER_TIME_ZONE } = getEnv();
  const now = Date.now();
  const today = formatDay(PARTNER_TIME_ZONE, new Date(now));
  const defaultFrom = formatDay(PARTNER_TIME_ZONE, new Date(now - (DEFAULT_DAYS - 1) * DAY_MS));
  return createDaySpan(from || defaultFrom, to || today, PARTNER_TIME_ZONE);
}

/**
 * Computes the statistics of a span of days. Groups by agent contain the journeys of the supervisor's own shop only.
 *
 * @returns undefined when the span is invalid
 */
export async function getStatistics({ shop }: AgentSession, query: StatisticsQuery): Promise<Statistics | undefined> {
  const span = parseDaySpan(query);
  if (!span) return undefined;
  const dimension = isDimension(query.by) ? query.by : 'all';
  const allJourneys = await groupJourneys((await getStore()).events.listBetween(span.start, span.end));
  const journeys = dimension === 'agent' ? allJourneys.filter((journey) => journey.shop === shop) : allJourneys;
  return {
    from: span.from,
    to: span.to,
    by: dimension,
    groups: buildFunnel(journeys, dimension),
    wrong: countInvalidFields(journeys),
  };
}
