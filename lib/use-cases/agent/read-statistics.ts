import 'server-only';
import { env } from '../../config/env.ts';
import { type DaySpan, dayIn, readDays } from '../../domain/days.ts';
import {
  type Dimension,
  funnelOf,
  type Group,
  isDimension,
  type WrongField,
  wrongFieldsOf,
} from '../../domain/statistics/figures.ts';
import { gatherJourneys } from '../../domain/statistics/journeys.ts';
import type { AgentSession } from '../../store/agent-sessions.ts';
import { store } from '../../store/store.ts';

/** What somebody asked for in an address. */
export type FiguresQuery = { from?: string | undefined; to?: string | undefined; by?: string | undefined };

export type Figures = { from: string; to: string; by: Dimension; groups: Group[]; wrong: WrongField[] };

/** Days that are shown before anybody asks for others. */
const USUAL_DAYS = 30;

/** The span that was asked for, or the last days; undefined when it cannot be read. */
function spanOf({ from, to }: FiguresQuery): DaySpan | undefined {
  const { PARTNER_TIME_ZONE } = env();
  const now = Date.now();
  const today = dayIn(PARTNER_TIME_ZONE, new Date(now));
  const usual = dayIn(PARTNER_TIME_ZONE, new Date(now - (USUAL_DAYS - 1) * 86_400_000));
  return readDays(from || usual, to || today, PARTNER_TIME_ZONE);
}

/** The figures of a span of days; undefined when it cannot be read. Agents are told apart within one's own shop alone. */
export async function readFigures({ shop }: AgentSession, query: FiguresQuery): Promise<Figures | undefined> {
  const span = spanOf(query);
  if (!span) return undefined;
  const by = isDimension(query.by) ? query.by : 'all';
  const all = await gatherJourneys((await store()).events.between(span.start, span.end));
  const journeys = by === 'agent' ? all.filter((journey) => journey.shop === shop) : all;
  return { from: span.from, to: span.to, by, groups: funnelOf(journeys, by), wrong: wrongFieldsOf(journeys) };
}
