import type { Client } from 'pg';

/** What the server does with a commit that it has acknowledged. */
export type Durability = {
  /** Settings by which such a commit can be lost, by name (PostgreSQL manual, 20.5 and 20.6). */
  losses: string[];
  /** Whether it is there after a power cut of this server. */
  isDurable: boolean;
  /** Whether the server ends long statements itself: one that the app has given up could still be committed later. */
  hasStatementTimeout: boolean;
};

/** Only these wait for the disk and, where there are some, for the synchronous standbys. */
const DURABLE_COMMITS = new Set(['on', 'remote_apply']);

/** A backup that is under way is no standby. The app's role reads the state with `pg_read_all_stats`; without, all count. */
const SETTINGS = `
  select current_setting('fsync') as fsync, current_setting('full_page_writes') as pages,
    current_setting('synchronous_commit') as commits, current_setting('synchronous_standby_names') as names,
    current_setting('statement_timeout') as statements,
    (select count(*)::int from pg_stat_replication where state is distinct from 'backup') as standbys`;

type Row = { fsync: string; pages: string; commits: string; names: string; statements: string; standbys: number };

/** Finds by which settings the server, or a fail-over to one of its standbys, can lose what it has acknowledged. */
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
