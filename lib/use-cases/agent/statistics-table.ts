import { FUNNEL_STAGES } from '../../domain/statistics/statistics.ts';
import type { Statistics } from './get-statistics.ts';

type Table = (string | number | undefined)[][];

const buildFunnelTable = ({ by: dimension, groups }: Statistics): Table => [
  [dimension, ...FUNNEL_STAGES, 'medianSeconds', 'ninthDecileSeconds'],
  ...groups.map(({ name, stages, median, ninthDecile }) => [
    name,
    ...FUNNEL_STAGES.map((stage) => stages[stage]),
    median,
    ninthDecile,
  ]),
];

const buildErrorTable = ({ wrong: invalidFields }: Statistics): Table => [
  ['field', 'mended', 'lost'],
  ...invalidFields.map(({ field, fixed, abandoned }) => [field, fixed, abandoned]),
];

/** Builds the table behind one of the charts. @returns undefined for an unknown name */
export function buildStatisticsTable(name: string, statistics: Statistics): Table | undefined {
  if (name === 'funnel') return buildFunnelTable(statistics);
  return name === 'errors' ? buildErrorTable(statistics) : undefined;
}
