import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { matchesGlob } from 'node:path';
import { expect, test } from 'vitest';

const SECRETS = [
  '.env',
  'deploy/.env',
  'deploy/app.env',
  '.env.live',
  'a/.env.local',
  'private.key',
  'deploy/tls.key',
].concat(['partner.pem', 'a/b/partner.pem', 'client.p12', 'deploy/client.pfx', 'a/vendor.p8', 'store.jks']);
const readLines = (file: string) => readFileSync(file, 'utf8').trim().split('\n');

test.each(SECRETS)('%s is neither in git nor in the build of the image', (path) => {
  const isSent = !readLines('.dockerignore').some(
    (pattern) => matchesGlob(path, pattern) || path.startsWith(`${pattern}/`),
  );
  const isIgnored = execFileSync('git', ['check-ignore', '--no-index', path], { encoding: 'utf8' }).trim() === path;
  expect({ isSent, isIgnored }).toEqual({ isSent: false, isIgnored: true });
});

test('the sample of the environment stays in git', () => {
  expect(execFileSync('git', ['ls-files', '.env.example'], { encoding: 'utf8' })).toBe('.env.example\n');
});

/** Each service of the compose file with its lines. */
const services: Record<string, string> = Object.fromEntries(
  (/^services:\n([\s\S]*?)^networks:/m.exec(readFileSync('deploy/compose.yaml', 'utf8'))?.[1] ?? '')
    .split(/^(?= {2}\w+:$)/m)
    .filter((text) => text.trim())
    .map((text) => [/\w+/.exec(text)?.[0], text]),
);

test('every service of the compose file is read-only, without rights and limited', () => {
  expect(Object.keys(services)).toEqual(['proxy', 'app', 'migrate', 'postgres']);
  const hardening = /^x-hardening:[\s\S]*?\n\n/m.exec(readFileSync('deploy/compose.yaml', 'utf8'))?.[0] ?? '';
  for (const rule of ['read_only: true', 'cap_drop: [ALL]', 'no-new-privileges:true', 'pids_limit:'])
    expect(hardening).toContain(rule);
  for (const text of Object.values(services)) {
    expect(text).toContain('<<: *hardening');
    expect(text).toMatch(/mem_limit: \d+/);
  }
});

test('the app is given its own password and no other, and only the proxy is reachable', () => {
  const findPasswords = (name: string) => [...(services[name] ?? '').matchAll(/\w+_PASSWORD(?=:\?)/g)].map(String);
  expect([findPasswords('proxy'), findPasswords('app'), findPasswords('migrate')]).toEqual([
    [],
    ['APP_PASSWORD'],
    ['OWNER_PASSWORD'],
  ]);
  expect(
    Object.entries(services)
      .filter(([, text]) => text.includes('ports:'))
      .map(([name]) => name),
  ).toEqual(['proxy']);
  for (const name of ['postgres', 'migrate']) expect(services[name]).toContain('network_mode: none');
});
