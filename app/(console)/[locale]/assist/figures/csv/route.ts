import { withAgentAuthorization } from '@/lib/auth/agent-authorization';
import { toCsv } from '@/lib/domain/statistics/csv';
import { FUNNEL_STAGES } from '@/lib/domain/statistics/statistics';
import { toLocale } from '@/lib/i18n/routing';
import { readStatistics, type Statistics } from '@/lib/use-cases/agent/read-statistics';

type Props = { params: Promise<{ locale: string }> };

const TABLES: Record<string, (figures: Statistics) => (string | number | undefined)[][]> = {
  funnel: ({ by: dimension, groups }) => [
    [dimension, ...FUNNEL_STAGES, 'medianSeconds', 'ninthDecileSeconds'],
    ...groups.map(({ name, stages, median, ninthDecile: ninth }) => [
      name,
      ...FUNNEL_STAGES.map((stage) => stages[stage]),
      median,
      ninth,
    ]),
  ],
  errors: ({ wrong: invalidFields }) => [
    ['field', 'mended', 'lost'],
    ...invalidFields.map(({ field, fixed, abandoned }) => [field, fixed, abandoned]),
  ],
};

/** The table behind a chart. */
export async function GET(request: Request, { params }: Props): Promise<Response> {
  const { locale } = await params;
  const query = Object.fromEntries(new URL(request.url).searchParams);
  const table = Object.hasOwn(TABLES, query['table'] ?? '') ? TABLES[query['table'] ?? ''] : undefined;
  const statistics = await withAgentAuthorization(toLocale(locale), 'figures.read', {}, (session) =>
    readStatistics(session, query),
  );
  if (!statistics || !table) return new Response(null, { status: 404 });
  const name = `${query['table']}-${statistics.from}-${statistics.to}.csv`;
  return new Response(toCsv(table(statistics)), {
    headers: {
      ...{ 'content-type': 'text/csv; charset=utf-8', 'content-disposition': `attachment; filename="${name}"` },
      'cache-control': 'private, no-store',
    },
  });
}
