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

/** What somebody asked for in an address. */
export type StatisticsQuery = { from?: string | undefined; to?: string | undefined; by?: string | undefined };

export type Statistics = { from: string; to: string; by: Dimension; groups: FunnelGroup[]; wrong: InvalidField[] };

/** Days that are shown before anybody asks for others. */
const DEFAULT_DAYS = 30;

/** The span that was asked for, or the last days; undefined when it cannot be read. */
function parseDaySpan({ from, to }: StatisticsQuery): DaySpan | undefined {
  const { PARTNER_TIME_ZONE } = getEnv();
  const now = Date.now();
  const today = formatDay(PARTNER_TIME_ZONE, new Date(now));
  const defaultFrom = formatDay(PARTNER_TIME_ZONE, new Date(now - (DEFAULT_DAYS - 1) * DAY_MS));
  return createDaySpan(from || defaultFrom, to || today, PARTNER_TIME_ZONE);
}

/** The figures of a span of days; undefined when it cannot be read. Agents are told apart within one's own shop alone. */
export async function readStatistics({ shop }: AgentSession, query: StatisticsQuery): Promise<Statistics | undefined> {
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
