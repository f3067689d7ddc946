import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { expect, test } from 'vitest';
import { runOperatorCommand } from '../support/run-operator-command.ts';

/** Runs an operators' command that must end before it opens a store. */
async function runCommand(command: string, args: readonly string[], env: Record<string, string> = {}) {
  const { status, stderr } = await runOperatorCommand(command, args, { DATABASE_URL: '', ...env });
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
])('audit refuses %s with its usage and exit code 2', async (_, args) => {
  expect(await runCommand('audit', args)).toEqual({ status: 2, isUsage: true });
});

test.each([
  ['no DATABASE_URL', [], {}],
  ['an unknown option', ['--role', 'app'], { DATABASE_URL: 'postgres://owner@localhost/none' }],
  ['an option without its role', ['--app-role'], { DATABASE_URL: 'postgres://owner@localhost/none' }],
  ['a word too many', ['app'], { DATABASE_URL: 'postgres://owner@localhost/none' }],
])('migrate refuses %s with its usage and exit code 2', async (_, args, env) => {
  expect(await runCommand('migrate', args, env as Record<string, string>)).toEqual({ status: 2, isUsage: true });
});

test.each([
  ['nothing', []],
  ['an unknown word', ['rotate']],
  ['status of a key', ['status', 'old']],
  ['reencrypt with a word', ['reencrypt', 'all']],
  ['give-up without a key', ['give-up']],
  ['give-up of two keys', ['give-up', 'old', 'older']],
])('keys refuses %s with its usage and exit code 2', async (_, args) => {
  expect(await runCommand('keys', args)).toEqual({ status: 2, isUsage: true });
});

const example = parseEnv(readFileSync('.env.example', 'utf8'));
const bytes = randomBytes(32).toString('base64');
test.each([
  ['DATA_KEY', 'a short key', { DATA_KEY: `a:${bytes.slice(4)}` }],
  ['DATA_KEY', 'two keys of one id', { DATA_KEY: `a:${bytes},a:${bytes}` }],
  ['HASH_KEY', 'a short hash key', { HASH_KEY: bytes.slice(4) }],
  [
    'HASH_KEY',
    'several data keys without a hash key',
    { DATA_KEY: `a:${bytes},b:${example['DATA_KEY']?.split(':')[1]}` },
  ],
])('keys names %s, prints no byte of it and exits with 1 on %s', async (name, _, env) => {
  const { status, stdout, stderr } = await runOperatorCommand('keys', ['status'], { ...example, ...env });
  expect([status, stdout]).toEqual([1, '']);
  expect(stderr).toContain(name);
  expect(stderr).not.toContain(bytes.slice(4, 20));
});
