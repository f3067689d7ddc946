import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const FOLDERS = ['lib/use-cases', 'lib/auth', 'lib/server', 'lib/cli', 'lib/partner-link'];

/** Files whose behaviour needs a browser, a process or several files together, each with the test that covers it. */
const COVERED_ELSEWHERE: Readonly<Record<string, string>> = {
  'lib/server/reconciler.ts': 'lib/use-cases/submission/submission.test.ts',
  'lib/server/start-server.ts': 'e2e/specs/resilience/boot.spec.ts',
  'lib/use-cases/submission/run-reconciliation.ts': 'lib/use-cases/submission/submission.test.ts',
  'lib/use-cases/submission/send.ts': 'lib/use-cases/submission/submission.test.ts',
  'lib/use-cases/submission/submit.ts': 'lib/use-cases/submission/submission.test.ts',
};

const sources = FOLDERS.flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !/\.(test|d)\.tsx?$/.test(name))
    .map((name) => join(folder, name)),
);

const hasTestBeside = (source: string): boolean =>
  ['test.ts', 'test.tsx', 'slow.test.ts'].some((ending) => existsSync(source.replace(/tsx?$/, ending)));

test('every file of use cases, auth, server, commands and partner links has a unit test beside it, or one that covers it is named', () => {
  expect(sources.length).toBeGreaterThan(50);
  expect(sources.filter((source) => !hasTestBeside(source) && !COVERED_ELSEWHERE[source])).toEqual([]);
});

test('a file is listed only while it exists and has no unit test beside it', () => {
  const files = Object.keys(COVERED_ELSEWHERE);
  expect(files.filter((file) => !existsSync(file) || hasTestBeside(file))).toEqual([]);
});

test('every test that the list names exists', () => {
  expect(Object.values(COVERED_ELSEWHERE).filter((path) => !existsSync(path))).toEqual([]);
});
