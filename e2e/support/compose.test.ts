import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { getRunOptions, readCompose } from './compose.ts';

const VARIABLES = { DOMAIN: 'start.example', OWNER_PASSWORD: 'o', APP_PASSWORD: 'a' };

test('the options of the app are those of its service, defaults of all services included', () => {
  const { app } = readCompose().services;
  expect(getRunOptions(app, VARIABLES, { socket: '/socket', 'app.env': '/app.env' })).toEqual([
    '--read-only',
    '--read-only-tmpfs=false',
    '--cap-drop=ALL',
    '--security-opt=no-new-privileges:true',
    '--pids-limit=200',
    '--memory=512m',
    '--stop-timeout=35',
    '--tmpfs=/tmp',
    '--volume=/socket:/var/run/postgresql:ro',
    '--env-file=/app.env',
    '--env=DATABASE_URL=postgres://app:a@localhost/front_door?host=/var/run/postgresql',
    '--env=TRUSTED_HOPS=1',
  ]);
});

test('the migration has no network and the command of the compose file', () => {
  const { migrate } = readCompose().services;
  expect(getRunOptions(migrate, VARIABLES, {})).toContain('--network=none');
  expect(migrate.command).toContain('lib/cli/migrate.ts');
});

test('a missing variable, an unknown key and a service that is not read-only are refused', () => {
  const { proxy } = readCompose().services;
  expect(() => getRunOptions(proxy, {}, {})).toThrow('The compose file wants DOMAIN');
  const buildCompose = (line: string) => `name: x\nservices:\n  proxy:\n    image: caddy\n    ${line}`;
  expect(() => readCompose(buildCompose('privileged: true'))).toThrow('privileged');
  expect(() => readCompose(buildCompose('read_only: false'))).toThrow('read_only');
});

test('the proxy names each instance and sees a red /readyz before the instance stops accepting', () => {
  const caddyfile = readFileSync('deploy/Caddyfile', 'utf8');
  const { getInstanceName } = readCompose();
  expect(caddyfile).toContain(`reverse_proxy ${getInstanceName(1)}:3000 ${getInstanceName(2)}:3000 {`);
  expect(caddyfile).toContain('health_uri /readyz?exclude=database');
  const getSeconds = (name: string) => Number(new RegExp(`${name} (\\d+)s`).exec(caddyfile)?.[1]);
  const graceMs = Number(
    /^\| `DRAIN_GRACE_MS`.*\| `(\d+)` \|$/m.exec(readFileSync('docs/configuration.md', 'utf8'))?.[1],
  );
  expect((getSeconds('health_interval') + getSeconds('health_timeout')) * 1_000).toBeLessThan(graceMs);
});
