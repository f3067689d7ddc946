import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

/** In the order of `.dependency-cruiser.cjs`. */
const LIB_FOLDERS =
  'inline-script crypto domain reference-data i18n config observability http upstream integrations partner-link wallet-id webhooks store rate-limits auth use-cases server cli'.split(
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
  'packages/partner/src/file',
  'packages/testing/src/file',
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
function findBrokenRules(cases: readonly { file: string; statement: string }[]): string[][] {
  for (const { file, statement } of cases) write(file, `${statement}\nexport const own = value;\n`);
  const cruise = spawnSync(
    resolve('node_modules/.bin/depcruise'),
    ['app', 'components', 'lib', 'e2e', 'packages', '--output-type', 'json'],
    { cwd: project, encoding: 'utf8' },
  );
  const { summary } = JSON.parse(cruise.stdout) as {
    summary: { violations: { rule: { name: string }; from: string }[] };
  };
  return cases.map(({ file }) => summary.violations.filter(({ from }) => from === file).map(({ rule }) => rule.name));
}

/** An import of a file in the folder, and the rule that it breaks. */
type ImportCase = readonly [folder: string, statement: string, rule?: string];

const FORBIDDEN_IMPORTS: readonly ImportCase[] = [
  ['components/ui', "import { value } from '@/lib/upstream/file';", 'components-import-no-server-code'],
  ['components/ui', "import { value } from '../../lib/rate-limits/file.ts';", 'components-import-no-server-code'],
  ['components/ui', "import { value } from '@/app/page';", 'components-below-app'],
  ['components/ui', "import { value } from '../form/file.ts';", 'components-ui-imports-no-later-folder'],
  ['components/form', "import { value } from '../../e2e/support/file.ts';", 'product-never-imports-e2e'],
  ['app', "import { value } from '@/e2e/sandbox/file';", 'product-never-imports-e2e'],
  ['lib/config', "import { value } from '../../e2e/support/file.ts';", 'product-never-imports-e2e'],
  ['lib/config', "import { value } from '../../components/ui/file.ts';", 'lib-below-components-and-app'],
  ['lib/domain', "import { value } from '../http/file.ts';", 'domain-is-pure'],
  ['lib/domain', "import { cache as value } from 'react';", 'domain-is-pure'],
  ['lib/domain', "import { readFileSync as value } from 'node:fs';", 'domain-is-pure'],
  ['lib/domain', "import type { NextConfig as value } from 'next';", 'domain-is-pure'],
  ['lib/use-cases/submission', "import { value } from '../../store/file.ts';", 'submission-takes-its-collaborators'],
  ['e2e/sandbox', "import { value } from '../../lib/domain/file.ts';", 'sandbox-is-separate'],
  ['e2e/sandbox', "import { z as value } from 'zod';", 'sandbox-is-separate'],
  ['e2e/support', "import { value } from '../../lib/domain/file.ts';", 'browser-tests-import-messages-only'],
  ['packages/partner/src', "import { value } from '../../../lib/domain/file.ts';", 'packages-stand-alone'],
  ['packages/partner/src', "import type { value } from '../../../e2e/support/file.ts';", 'packages-stand-alone'],
  ['packages/partner/src', "import { readFileSync as value } from 'node:fs';", 'packages-stand-alone'],
  ['packages/partner/src', "import { z as value } from 'zod';", 'packages-stand-alone'],
  ['packages/partner/src', "import { value } from '../../testing/src/file.ts';", 'packages-stand-alone'],
  ['packages/testing/src', "import { value } from '../../../lib/domain/file.ts';", 'testing-packs-sandbox-and-support'],
  ['packages/testing/src', "import { value } from '../../../e2e/load/file.ts';", 'testing-packs-sandbox-and-support'],
  ['packages/testing/src', "import { value } from '../../partner/src/file.ts';", 'testing-packs-sandbox-and-support'],
  ['packages/testing/src', "import { z as value } from 'zod';", 'testing-packs-sandbox-and-support'],
  ['e2e/sandbox', "import { value } from '../../packages/testing/src/file.ts';", 'sandbox-is-separate'],
  ['lib/server', "import { value } from '../../packages/partner/src/file.ts';", 'product-and-tests-import-no-packages'],
  ['e2e/specs', "import { value } from '../../packages/partner/src/file.ts';", 'product-and-tests-import-no-packages'],
  ['e2e/specs', "import { value } from '../load/file.ts';", 'specs-import-no-load-tests'],
];
const ALLOWED_IMPORTS: readonly ImportCase[] = [
  ['components/ui', "import { value } from '@/lib/domain/file';"],
  ['app', "import { value } from '@/lib/upstream/file';"],
  ['lib/domain', "import { object as value } from 'zod/mini';"],
  ['lib/server', "import { value } from '../store/file.ts';"],
  ['e2e/sandbox', "import { readFileSync as value } from 'node:fs';"],
  ['e2e/specs', "import { value } from '../support/file.ts';"],
  ['packages/partner/src', "import { SignJWT as value } from 'jose';"],
  ['packages/testing/src', "import { value } from '../../../e2e/support/file.ts';"],
  ['packages/testing/src', "import { readFileSync as value } from 'node:fs';"],
  ['packages/testing/src', "import { test as value } from '@playwright/test';"],
];
const LIB_ORDER = LIB_FOLDERS.slice(0, -1).map((folder, index): ImportCase => {
  const statement = `import { value } from '../${LIB_FOLDERS[index + 1]}/file.ts';`;
  return [`lib/${folder}`, statement, `lib-${folder}-imports-no-later-folder`];
});
/** Each in a file of its own, so that one run of the tool checks all of them: a run takes half a second of processor time. */
const CASES = [...FORBIDDEN_IMPORTS, ...LIB_ORDER, ...ALLOWED_IMPORTS].map(([folder, statement, rule], index) => ({
  file: `${folder}/case-${index}.ts`,
  statement,
  rule,
}));

test('each import breaks its rule, an import of a later folder of lib that of its folder, and an allowed one none', () => {
  const brokenRules = findBrokenRules(CASES);
  const results = CASES.map(({ file, statement }, index) => ({ file, statement, rules: brokenRules[index] }));
  expect(results).toEqual(
    CASES.map(({ file, statement, rule }) => ({
      file,
      statement,
      rules: rule === undefined ? [] : expect.arrayContaining([rule]),
    })),
  );
});

test('every folder of lib has a place in the order', () => {
  const folders = readdirSync('lib', { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(folders.map(({ name }) => name).toSorted()).toEqual(LIB_FOLDERS.toSorted());
});
