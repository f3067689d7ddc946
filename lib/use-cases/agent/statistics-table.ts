import { FUNNEL_STAGES } from '../../domain/statistics/statistics.ts';
import type { Statistics } from './get-statistics.ts';

type Table = (string | number | undefined)[][];

const TABLES = {
  funnel: ({ by: dimension, groups }: Statistics): Table => [
    [dimension, ...FUNNEL_STAGES, 'medianSeconds', 'ninthDecileSeconds'],
    ...groups.map(({ name, stages, median, ninthDecile }) => [
      name,
      ...FUNNEL_STAGES.map((stage) => stages[stage]),
      median,
      ninthDecile,
    ]),
  ],
  errors: ({ wrong: invalidFields }: Statistics): Table => [
    ['field', 'mended', 'lost'],
    ...invalidFields.map(({ field, fixed, abandoned }) => [field, fixed, abandoned]),
  ],
};

const isTableName = (name: string): name is keyof typeof TABLES => Object.hasOwn(TABLES, name);

/** Builds the table behind one of the charts. @returns undefined for an unknown name */
export const buildStatisticsTable = (name: string, statistics: Statistics): Table | undefined =>
  isTableName(name) ? TABLES[name](statistics) : undefined;
