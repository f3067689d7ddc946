import type { Client } from 'pg';

/** The server's guarantees for acknowledged commits. */
export type Durability = {
  /** Settings that allow the loss of such a commit (PostgreSQL manual, 20.5 and 20.6). */
  losses: string[];
  /** Commits survive a power cut of this server. */
  isDurable: boolean;
  /** The server ends long statements. Without this, it may commit a statement that the app has given up. */
  hasStatementTimeout: boolean;
};

/** The values that wait for the disk and for synchronous standbys. */
const DURABLE_COMMITS = new Set(['on', 'remote_apply']);

/** A running backup is no standby. The app's role needs `pg_read_all_stats` to see the state; without it, all count. */
const SETTINGS = `
  select current_setting('fsync') as fsync, current_setting('full_page_writes') as pages,
    current_setting('synchronous_commit') as commits, current_setting('synchronous_standby_names') as names,
    current_setting('statement_timeout') as statements,
    (select count(*)::int from pg_stat_replication where state is distinct from 'backup') as standbys`;

type Row = { fsync: string; pages: string; commits: string; names: string; statements: string; standbys: number };

/** Finds the settings with which the server, or a failover to a standby, can lose acknowledged commits. */
export async function findDurability(client: Client): Promise<Durability> {
  const { rows } = await client.query<Row>(SETTINGS);
  const [settings] = rows;
  if (!settings) throw new Error('The server told no settings');
  const { fsync, pages, commits, names, statements, standbys } = settings;
  const losses = [
    ...(fsync === 'on' ? [] : [`fsync=${fsync}`]),
    ...(pages === 'on' ? [] : [`full_page_writes=${pages}`]),
    ...(DURABLE_COMMITS.has(commits) ? [] : [`synchronous_commit=${commits}`]),
    ...(standbys > 0 && names === '' ? ['synchronous_standby_names is empty beside a standby'] : []),
  ];
  return {
    losses,
    isDurable: fsync === 'on' && pages === 'on' && commits !== 'off',
    hasStatementTimeout: statements !== '0',
  };
}
