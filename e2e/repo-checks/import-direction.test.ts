import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

/** In the order of `.dependency-cruiser.cjs`. */
const LIB_FOLDERS =
  'crypto domain reference-data i18n config observability http upstream integrations partner-link store rate-limits auth use-cases server cli'.split(
    ' ',
  );
const FILES = [
  ...LIB_FOLDERS.map((folder) => `lib/${folder}/file`),
  'e2e/support/file',
  'e2e/load/file',
  'e2e/sandbox/file',
  'components/ui/file',
  'components/form/file',
  'app/page',
];

let project: string;

/** A project with one file in some folders, under the real rules. */
beforeAll(() => {
  project = mkdtempSync(join(tmpdir(), 'front-door-project-'));
  for (const file of ['.dependency-cruiser.cjs', 'tsconfig.json', 'package.json']) cpSync(file, join(project, file));
  symlinkSync(resolve('node_modules'), join(project, 'node_modules'));
  for (const path of FILES) write(`${path}.ts`, 'export const value = 1;\n');
});

afterAll(() => rmSync(project, { recursive: true, force: true }));

function write(file: string, text: string): void {
  mkdirSync(dirname(join(project, file)), { recursive: true });
  writeFileSync(join(project, file), text);
}

/** Returns the names of the rules that each file with its import breaks, in the order of the files. */
function findBrokenRules(...cases: readonly (readonly [file: string, statement: string])[]): string[][] {
  for (const [file, statement] of cases) write(file, `${statement}\nexport const own = value;\n`);
  const cruise = spawnSync(
    resolve('node_modules/.bin/depcruise'),
    ['app', 'components', 'lib', 'e2e', '--output-type', 'json'],
    { cwd: project, encoding: 'utf8' },
  );
  for (const [file] of cases) rmSync(join(project, file));
  const { summary } = JSON.parse(cruise.stdout) as {
    summary: { violations: { rule: { name: string }; from: string }[] };
  };
  return cases.map(([file]) => summary.violations.filter(({ from }) => from === file).map(({ rule }) => rule.name));
}

test.each([
  ['components/ui/bad.ts', "import { value } from '@/lib/upstream/file';", 'components-import-no-server-code'],
  [
    'components/ui/bad.ts',
    "import { value } from '../../lib/rate-limits/file.ts';",
    'components-import-no-server-code',
  ],
  ['components/ui/bad.ts', "import { value } from '@/app/page';", 'components-below-app'],
  ['components/ui/bad.ts', "import { value } from '../form/file.ts';", 'components-ui-imports-no-later-folder'],
  ['components/form/bad.ts', "import { value } from '../../e2e/support/file.ts';", 'product-never-imports-e2e'],
  ['app/bad.ts', "import { value } from '@/e2e/sandbox/file';", 'product-never-imports-e2e'],
  ['lib/config/bad.ts', "import { value } from '../../e2e/support/file.ts';", 'product-never-imports-e2e'],
  ['lib/config/bad.ts', "import { value } from '../../components/ui/file.ts';", 'lib-below-components-and-app'],
  ['lib/domain/bad.ts', "import { value } from '../http/file.ts';", 'domain-is-pure'],
  ['lib/domain/bad.ts', "import { cache as value } from 'react';", 'domain-is-pure'],
  ['lib/domain/bad.ts', "import { readFileSync as value } from 'node:fs';", 'domain-is-pure'],
  ['lib/domain/bad.ts', "import type { NextConfig as value } from 'next';", 'domain-is-pure'],
  [
    'lib/use-cases/submission/bad.ts',
    "import { value } from '../../store/file.ts';",
    'submission-takes-its-collaborators',
  ],
  ['e2e/sandbox/bad.ts', "import { value } from '../../lib/domain/file.ts';", 'sandbox-is-separate'],
  ['e2e/sandbox/bad.ts', "import { z as value } from 'zod';", 'sandbox-is-separate'],
  ['e2e/support/bad.ts', "import { value } from '../../lib/domain/file.ts';", 'browser-tests-import-messages-only'],
  ['e2e/specs/bad.ts', "import { value } from '../load/file.ts';", 'specs-import-no-load-tests'],
])('%s with %s breaks %s', (file, statement, rule) => {
  expect(findBrokenRules([file, statement])).toEqual([expect.arrayContaining([rule])]);
});

test('no folder of lib imports one that stands after it', () => {
  const folders = LIB_FOLDERS.slice(0, -1);
  const cases = folders.map(
    (folder, index) =>
      [`lib/${folder}/bad.ts`, `import { value } from '../${LIB_FOLDERS[index + 1]}/file.ts';`] as const,
  );
  const expected = folders.map((folder) => expect.arrayContaining([`lib-${folder}-imports-no-later-folder`]));
  expect(findBrokenRules(...cases)).toEqual(expected);
});

test('every folder of lib has a place in the order', () => {
  const folders = readdirSync('lib', { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(folders.map(({ name }) => name).toSorted()).toEqual(LIB_FOLDERS.toSorted());
});

test.each([
  ['components/ui/good.ts', "import { value } from '@/lib/domain/file';"],
  ['app/good.ts', "import { value } from '@/lib/upstream/file';"],
  ['lib/domain/good.ts', "import { object as value } from 'zod/mini';"],
  ['lib/server/good.ts', "import { value } from '../store/file.ts';"],
  ['e2e/sandbox/good.ts', "import { readFileSync as value } from 'node:fs';"],
  ['e2e/specs/good.ts', "import { value } from '../support/file.ts';"],
])('%s with %s breaks nothing', (file, statement) => {
  expect(findBrokenRules([file, statement])).toEqual([[]]);
});
