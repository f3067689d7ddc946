import { withAgentAuthorization } from '@/lib/auth/agent-authorization';
import { toCsv } from '@/lib/domain/statistics/csv';
import { toLocale } from '@/lib/i18n/routing';
import { getStatistics } from '@/lib/use-cases/agent/get-statistics';
import { buildStatisticsTable } from '@/lib/use-cases/agent/statistics-table';

type Props = { params: Promise<{ locale: string }> };

/** Returns the table behind a chart as CSV. */
export async function GET(request: Request, { params }: Props): Promise<Response> {
  const locale = toLocale((await params).locale);
  const { table: tableName = '', ...query }: Record<string, string> = Object.fromEntries(
    new URL(request.url).searchParams,
  );
  const statistics = await withAgentAuthorization({ locale, action: 'figures.read' }, ({ session }) =>
    getStatistics(session, query),
  );
  const table = statistics && buildStatisticsTable(tableName, statistics);
  if (!table) return new Response(null, { status: 404 });
  return createCsvResponse(toCsv(table), `${tableName}-${statistics.from}-${statistics.to}.csv`);
}

const createCsvResponse = (text: string, fileName: string) =>
  new Response(text, {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${fileName}"`,
      'cache-control': 'private, no-store',
    },
  });
