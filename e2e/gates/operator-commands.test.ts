import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';

/** Runs an operators' command that must end before it opens a store. */
function run(command: string, words: readonly string[], env: Record<string, string> = {}) {
  const args = ['--conditions=react-server', `lib/operator/${command}.ts`, ...words];
  const { status, stderr } = spawnSync('node', args, {
    encoding: 'utf8',
    env: { ...process.env, DATABASE_URL: '', ...env },
  });
  return { status, isUsage: stderr.startsWith('Usage:') };
}

const HASH = 'a'.repeat(64);

test.each([
  ['half a head', ['verify', '44']],
  ['an empty hash', ['verify', '44', '']],
  ['a hash alone', ['verify', HASH]],
  ['a short hash', ['verify', '44', HASH.slice(1)]],
  ['a hash in capitals', ['verify', '44', HASH.toUpperCase()]],
  ['entry 0', ['verify', '0', HASH]],
  ['no number', ['verify', 'last', HASH]],
  ['a negative number', ['verify', '-44', HASH]],
  ['a fraction', ['verify', '4.4', HASH]],
  ['an empty number', ['verify', '', HASH]],
  ['one word more', ['verify', '44', HASH, 'more']],
  ['export with a head', ['export', '44', HASH]],
  ['nothing', []],
])('audit refuses %s with its usage and exit code 2', (_, words) => {
  expect(run('audit', words)).toEqual({ status: 2, isUsage: true });
});

test.each([
  ['no DATABASE_URL', [], {}],
  ['an unknown option', ['--role', 'app'], { DATABASE_URL: 'postgres://owner@localhost/none' }],
  ['an option without its role', ['--app-role'], { DATABASE_URL: 'postgres://owner@localhost/none' }],
  ['a word too many', ['app'], { DATABASE_URL: 'postgres://owner@localhost/none' }],
])('migrate refuses %s with its usage and exit code 2', (_, words, env) => {
  expect(run('migrate', words, env as Record<string, string>)).toEqual({ status: 2, isUsage: true });
});
