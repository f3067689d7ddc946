import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const PATH = `${process.env['PATH']}${delimiter}/usr/sbin`;
const DEBIAN_POSTGRES = '/usr/lib/postgresql';

/** What a scenario may need beside what npm installs. */
export type Program = 'postgres' | 'patroni' | 'etcd' | 'haproxy' | 'pgbouncer' | 'mount as root';

/** The folder of the programs of the newest Postgres that Debian has installed. */
export function findPostgresFolder(): string | undefined {
  if (!existsSync(DEBIAN_POSTGRES)) return undefined;
  const [newest] = readdirSync(DEBIAN_POSTGRES).sort((one, other) => Number(other) - Number(one));
  return newest && join(DEBIAN_POSTGRES, newest, 'bin');
}

const VERSIONS: Readonly<Record<Program, () => string | undefined>> = {
  postgres: () => ask(join(findPostgresFolder() ?? '', 'postgres'), '--version'),
  patroni: () => ask('patroni', '--version'),
  etcd: () => ask('etcd', '--version'),
  haproxy: () => ask('haproxy', '-v'),
  pgbouncer: () => ask('pgbouncer', '--version'),
  'mount as root': () => (process.getuid?.() === 0 ? ask('mount', '--version') : undefined),
};

/** What a program says of itself, or undefined when it is not there. */
export const findVersion = (program: Program): string | undefined => VERSIONS[program]();

function ask(command: string, option: string): string | undefined {
  const { status, stdout } = spawnSync(command, [option], { env: { ...process.env, PATH }, encoding: 'utf8' });
  return status === 0 ? stdout.split('\n', 1)[0] : undefined;
}
