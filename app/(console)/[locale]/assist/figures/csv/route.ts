import { asAgent } from '@/lib/auth/current-agent';
import { toCsv } from '@/lib/domain/statistics/csv';
import { STAGES } from '@/lib/domain/statistics/figures';
import { localeOf } from '@/lib/i18n/routing';
import { type Figures, readFigures } from '@/lib/use-cases/agent/read-statistics';

type Props = { params: Promise<{ locale: string }> };

const TABLES: Record<string, (figures: Figures) => (string | number | undefined)[][]> = {
  funnel: ({ by, groups }) => [
    [by, ...STAGES, 'medianSeconds', 'ninthDecileSeconds'],
    ...groups.map(({ name, stages, median, ninth }) => [name, ...STAGES.map((stage) => stages[stage]), median, ninth]),
  ],
  errors: ({ wrong }) => [
    ['field', 'mended', 'lost'],
    ...wrong.map(({ field, mended, lost }) => [field, mended, lost]),
  ],
};

/** The table behind a chart. */
export async function GET(request: Request, { params }: Props): Promise<Response> {
  const { locale } = await params;
  const query = Object.fromEntries(new URL(request.url).searchParams);
  const table = Object.hasOwn(TABLES, query['table'] ?? '') ? TABLES[query['table'] ?? ''] : undefined;
  const figures = await asAgent(localeOf(locale), 'figures.read', {}, (session) => readFigures(session, query));
  if (!figures || !table) return new Response(null, { status: 404 });
  const name = `${query['table']}-${figures.from}-${figures.to}.csv`;
  return new Response(toCsv(table(figures)), {
    headers: {
      ...{ 'content-type': 'text/csv; charset=utf-8', 'content-disposition': `attachment; filename="${name}"` },
      'cache-control': 'private, no-store',
    },
  });
}
