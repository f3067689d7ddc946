import { queryPostgres } from '../../support/postgres.ts';

/** Changes settings of a whole server, for sessions that are open as well. */
export async function changeSettings(ownerUrl: string, settings: Record<string, string>): Promise<void> {
  for (const [name, value] of Object.entries(settings))
    await queryPostgres(ownerUrl, `alter system set ${name} = '${value}'`);
  await queryPostgres(ownerUrl, 'select pg_reload_conf()');
}
