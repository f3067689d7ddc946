import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { queryPostgres, startPostgres } from '../support/postgres.ts';

export type Database = {
  /** The folder of the socket, which the compose file shares as a volume. */
  socketFolder: string;
  /** The roles that are connected, but for the superuser that asks. */
  findRoles: () => Promise<string[]>;
  stop: () => Promise<void>;
};

/**
 * Starts Postgres with an empty database `front_door`, whose roles are made by the statements of `deploy/postgres.sh` and need
 * their passwords on the socket, as the compose file says.
 */
export async function startDatabase(passwords: { owner: string; app: string }): Promise<Database> {
  const { ownerUrl, stop } = await startPostgres();
  const admin = new URL(ownerUrl);
  const socketFolder = admin.searchParams.get('host') ?? '';
  await queryPostgres(admin.href, 'drop owned by app');
  await queryPostgres(admin.href, 'drop role app');
  await queryPostgres(admin.href, 'create database front_door');
  admin.pathname = '/front_door';
  const [, statements = ''] = /<<-'SQL'\n([\s\S]*)\nSQL/.exec(readFileSync('deploy/postgres.sh', 'utf8')) ?? [];
  await queryPostgres(
    admin.href,
    statements.replace(/:'(owner|app)'/g, (_, name: keyof typeof passwords) => `'${passwords[name]}'`),
  );
  const rules = `local all ${admin.username} trust\nlocal all all scram-sha-256\n`;
  writeFileSync(join(socketFolder, 'data', 'pg_hba.conf'), rules);
  await queryPostgres(admin.href, 'select pg_reload_conf()');
  // The folder is this process's own until here; the app's user has to get through to the socket.
  chmodSync(socketFolder, 0o711);
  const roles = `select distinct usename from pg_stat_activity where datname = 'front_door' and usename <> current_user`;
  const findRoles = async () =>
    (await queryPostgres<{ usename: string }>(admin.href, roles)).map(({ usename }) => usename);
  return { socketFolder, findRoles, stop };
}
