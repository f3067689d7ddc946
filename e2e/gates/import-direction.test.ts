import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

let house: string;

/** A house with the rooms' names and one file in each, under the real rules. */
beforeAll(() => {
  house = mkdtempSync(join(tmpdir(), 'front-door-house-'));
  for (const file of ['.dependency-cruiser.cjs', 'tsconfig.json', 'package.json']) cpSync(file, join(house, file));
  symlinkSync(resolve('node_modules'), join(house, 'node_modules'));
  const rooms = ['lib/domain/rule', 'lib/upstream/raas', 'lib/store/store', 'lib/security/gate', 'lib/i18n/routing'];
  for (const room of [...rooms, 'e2e/thing', 'e2e/sandbox/fake', 'components/ui/button', 'app/page']) {
    write(`${room}.ts`, 'export const value = 1;\n');
  }
});

afterAll(() => rmSync(house, { recursive: true, force: true }));

function write(file: string, text: string): void {
  mkdirSync(dirname(join(house, file)), { recursive: true });
  writeFileSync(join(house, file), text);
}

/** The names of the rules that a file with this import breaks. */
function brokenBy(file: string, statement: string): string[] {
  write(file, `${statement}\nexport const own = value;\n`);
  const cruise = spawnSync(
    resolve('node_modules/.bin/depcruise'),
    ['app', 'components', 'lib', 'e2e', '--output-type', 'json'],
    {
      cwd: house,
      encoding: 'utf8',
    },
  );
  rmSync(join(house, file));
  const { summary } = JSON.parse(cruise.stdout) as {
    summary: { violations: { rule: { name: string }; from: string }[] };
  };
  return summary.violations.filter(({ from }) => from === file).map(({ rule }) => rule.name);
}

test.each([
  ['components/bad.ts', "import { value } from '@/lib/upstream/raas';", 'components-know-no-server-room'],
  ['components/bad.ts', "import { value } from '../lib/store/store.ts';", 'components-know-no-server-room'],
  ['components/bad.ts', "import { value } from '@/app/page';", 'components-below-app'],
  ['components/bad.ts', "import { value } from '../e2e/thing.ts';", 'product-never-imports-e2e'],
  ['app/bad.ts', "import { value } from '@/e2e/sandbox/fake';", 'product-never-imports-e2e'],
  ['lib/bad.ts', "import { value } from '../e2e/thing.ts';", 'product-never-imports-e2e'],
  ['lib/bad.ts', "import { value } from '../components/ui/button.ts';", 'lib-below-components-and-app'],
  ['lib/domain/bad.ts', "import { value } from '../security/gate.ts';", 'domain-stands-alone'],
  ['lib/domain/bad.ts', "import { cache as value } from 'react';", 'domain-stands-alone'],
  ['lib/domain/bad.ts', "import { readFileSync as value } from 'node:fs';", 'domain-stands-alone'],
  ['lib/domain/bad.ts', "import type { NextConfig as value } from 'next';", 'domain-stands-alone'],
  ['lib/onboarding/bad.ts', "import { value } from '../store/store.ts';", 'use-cases-get-their-tools'],
  ['e2e/sandbox/bad.ts', "import { value } from '../../lib/domain/rule.ts';", 'sandbox-is-a-stranger'],
  ['e2e/sandbox/bad.ts', "import { z as value } from 'zod';", 'sandbox-is-a-stranger'],
  ['e2e/bad.ts', "import { value } from '../lib/domain/rule.ts';", 'browser-tests-know-words-only'],
])('%s with %s breaks %s', (file, statement, rule) => {
  expect(brokenBy(file, statement)).toContain(rule);
});

test.each([
  ['components/good.ts', "import { value } from '@/lib/domain/rule';"],
  ['app/good.ts', "import { value } from '@/lib/upstream/raas';"],
  ['lib/domain/good.ts', "import { object as value } from 'zod/mini';"],
  ['e2e/sandbox/good.ts', "import { readFileSync as value } from 'node:fs';"],
])('%s with %s breaks nothing', (file, statement) => {
  expect(brokenBy(file, statement)).toEqual([]);
});
