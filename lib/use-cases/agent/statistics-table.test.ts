import { expect, test } from 'vitest';
import { FUNNEL_STAGES } from '../../domain/statistics/statistics.ts';
import type { Statistics } from './get-statistics.ts';
import { buildStatisticsTable } from './statistics-table.ts';

const stages = Object.fromEntries(FUNNEL_STAGES.map((stage, index) => [stage, index])) as Record<
  (typeof FUNNEL_STAGES)[number],
  number
>;
const statistics = {
  from: '2026-11-01',
  to: '2026-11-02',
  by: 'agent',
  groups: [{ name: 'ana', stages, median: 60, ninthDecile: 90 }],
  wrong: [{ field: 'phoneNumber', fixed: 3, abandoned: 1 }],
} as Statistics;

test('the table of the funnel has a row for each group, under the names of its columns', () => {
  expect(buildStatisticsTable('funnel', statistics)).toEqual([
    ['agent', ...FUNNEL_STAGES, 'medianSeconds', 'ninthDecileSeconds'],
    ['ana', ...FUNNEL_STAGES.map((stage) => stages[stage]), 60, 90],
  ]);
});

test('the table of errors has a row for each field', () => {
  expect(buildStatisticsTable('errors', statistics)).toEqual([
    ['field', 'mended', 'lost'],
    ['phoneNumber', 3, 1],
  ]);
});

test('there is no other table, whatever the address names', () => {
  for (const name of ['', 'toString', '__proto__', 'constructor', 'Funnel'])
    expect(buildStatisticsTable(name, statistics)).toBeUndefined();
});
