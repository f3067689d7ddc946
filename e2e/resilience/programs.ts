import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const PATH = `${process.env['PATH']}${delimiter}/usr/sbin`;
const DEBIAN_POSTGRES = '/usr/lib/postgresql';

/** Programs that a scenario may need and npm does not install. */
export type Program = 'postgres' | 'patroni' | 'etcd' | 'haproxy' | 'pgbouncer' | 'mount as root';

/** The folder of the programs of the newest Postgres that Debian has installed. */
export function findPostgresFolder(): string | undefined {
  if (!existsSync(DEBIAN_POSTGRES)) return undefined;
  const [newest] = readdirSync(DEBIAN_POSTGRES).sort((a, b) => Number(b) - Number(a));
  return newest && join(DEBIAN_POSTGRES, newest, 'bin');
}

const VERSION_READERS: Readonly<Record<Program, () => string | undefined>> = {
  postgres: () => readVersion(join(findPostgresFolder() ?? '', 'postgres'), '--version'),
  patroni: () => readVersion('patroni', '--version'),
  etcd: () => readVersion('etcd', '--version'),
  haproxy: () => readVersion('haproxy', '-v'),
  pgbouncer: () => readVersion('pgbouncer', '--version'),
  'mount as root': () => (process.getuid?.() === 0 ? readVersion('mount', '--version') : undefined),
};

/** Returns a program's version text, or undefined when it is not installed. */
export const findVersion = (program: Program): string | undefined => VERSION_READERS[program]();

function readVersion(command: string, option: string): string | undefined {
  const { status, stdout } = spawnSync(command, [option], { env: { ...process.env, PATH }, encoding: 'utf8' });
  return status === 0 ? stdout.split('\n', 1)[0] : undefined;
}
