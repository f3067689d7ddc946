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

test.each([
  ['audit', ['verify', '44'], {}],
  ['migrate', [], {}],
  ['migrate', ['--role', 'app'], { DATABASE_URL: 'postgres://owner@localhost/none' }],
  ['keys', ['rotate'], {}],
])('%s refuses %j with its usage and exit code 2; lib/cli tests every other form', async (command, args, env) => {
  expect(await runCommand(command, args, env)).toEqual({ status: 2, isUsage: true });
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
