import { getTranslations } from 'next-intl/server';
import { formatDuration } from '@/lib/domain/statistics/duration';
import { FUNNEL_STAGES, type FunnelGroup, type SortColumn } from '@/lib/domain/statistics/statistics';
import { getStageLabels } from './step-labels';

type Props = {
  groups: readonly FunnelGroup[];
  getName: (group: FunnelGroup) => string;
  sort: SortColumn;
  /** Returns the path of the page sorted by a column. */
  getSortPath: (column: SortColumn) => string;
};

/** The groups of the statistics as a table. Each column's head is a link that sorts by it. */
export async function GroupTable({ groups, getName, sort, getSortPath }: Props) {
  const t = await getTranslations('assist.figures');
  const stageLabels = await getStageLabels();
  const columns: [SortColumn, string][] = [
    ['name', t('name')],
    ...FUNNEL_STAGES.map((stage): [SortColumn, string] => [stage, stageLabels[stage]]),
    ['median', t('columns.median')],
  ];
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard scrolls a wide table (WCAG 2.1.1)
    <section className="mb-8 overflow-x-auto" aria-label={t('groups')} tabIndex={0}>
      <table className="statistics-table">
        <caption className="sr-only">{t('groups')}</caption>
        <thead>
          <tr>
            {columns.map(([column, label]) => (
              <th key={column} scope="col" aria-sort={getSortDirection(column, sort)}>
                <a href={getSortPath(column)} aria-label={t('sort', { column: label })}>
                  <span>{label}</span>
                  {column === sort ? <span aria-hidden="true">{column === 'name' ? ' ▲' : ' ▼'}</span> : null}
                </a>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {groups.map((group) => (
            <tr key={group.name}>
              <th scope="row" dir="auto">
                {getName(group)}
              </th>
              {FUNNEL_STAGES.map((stage) => (
                <td key={stage}>{group.stages[stage]}</td>
              ))}
              <td>{group.median === undefined ? '–' : formatDuration(group.median)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

const getSortDirection = (column: SortColumn, sort: SortColumn) =>
  column !== sort ? undefined : column === 'name' ? 'ascending' : 'descending';
