import { execFile, spawnSync } from 'node:child_process';
import { globSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { relative } from 'node:path';

/** A check that fails prints up to this many bytes. */
const MAX_OUTPUT_BYTES = 64 * 1_024 * 1_024;

/** How many tests passed, and the name of each one that failed. */
export type TestCounts = { passed: number; failed: readonly string[] };

const CHECKS: readonly [string, string, ...string[]][] = [
  ['format and lint', 'biome', 'check', '--error-on-warnings', '.'],
  ['types', 'tsc', '--noEmit', '-p', '.'],
  [
    'import direction',
    'depcruise',
    'app',
    'components',
    'lib',
    'e2e',
    'packages',
    'proxy.ts',
    'instrumentation.ts',
    'server.ts',
  ],
  ['dead code', 'knip', '--no-config-hints'],
];

const env = { ...process.env, NEXT_TELEMETRY_DISABLED: '1' };

const run = (command: string, args: readonly string[]) =>
  spawnSync(command, args, { stdio: 'inherit', env }).status === 0;

/** Runs a check and prints its output when it has ended: several run at once. @returns whether it passed */
function runCheck(name: string, command: string, args: readonly string[]): Promise<boolean> {
  return new Promise((resolve) => {
    execFile(command, args, { env, maxBuffer: MAX_OUTPUT_BYTES }, (error, stdout, stderr) => {
      console.log(`\n── ${name}\n${stdout}${stderr}${error ? 'FAILED' : 'passed'}`);
      resolve(!error);
    });
  });
}

/** Runs a test runner and reads the counts of its report. Without a report, or with no test in it, the run counts as failed. */
function runAndCount(
  name: string,
  file: string,
  runTests: () => boolean,
  read: (report: unknown) => TestCounts,
): TestCounts {
  console.log(`\n── ${name}`);
  rmSync(file, { force: true });
  const isGood = runTests();
  try {
    const counts = read(JSON.parse(readFileSync(file, 'utf8')));
    if (counts.failed.length > 0 || (isGood && counts.passed > 0)) return counts;
    return { passed: counts.passed, failed: [name] };
  } catch {
    return { passed: 0, failed: [name] };
  }
}

type Selection = {
  /** Includes unit tests in files named `*.slow.test.ts` and browser tests tagged `@all`. */
  isEverything: boolean;
};

/** Checks format, lint, types, import direction and dead code, and runs the unit tests. */
export async function runRepoChecks({ isEverything }: Selection): Promise<TestCounts> {
  mkdirSync('test-results', { recursive: true });
  // Most of them use one processor, so one after the other they would leave the second one idle.
  const results = await Promise.all(CHECKS.map(([name, command, ...args]) => runCheck(name, command, args)));
  const failed = CHECKS.filter((_, index) => !results[index]).map(([name]) => name);
  const unitCounts = runAndCount(
    'unit tests',
    'test-results/unit.json',
    () => run('vitest', ['run', ...(isEverything ? [] : ['--exclude', '**/*.slow.test.ts'])]),
    readUnitReport,
  );
  return addCounts({ passed: CHECKS.length - failed.length, failed }, unitCounts);
}

type UnitReport = {
  numPassedTests: number;
  testResults: { name: string; status: string; assertionResults: { fullName: string; status: string }[] }[];
};

/** Reads the report of Vitest. A file that fails as a whole has no failed test: its own name stands for it. */
function readUnitReport(report: unknown): TestCounts {
  const { numPassedTests, testResults } = report as UnitReport;
  const failed = testResults
    .filter(({ status }) => status === 'failed')
    .flatMap(({ name, assertionResults }) => {
      const file = relative('.', name);
      const tests = assertionResults.filter(({ status }) => status === 'failed');
      return tests.length === 0 ? [file] : tests.map(({ fullName }) => `${file} › ${fullName}`);
    });
  return { passed: numPassedTests, failed };
}

/** Builds the app and runs the browser tests against it. */
export function runBrowserTests({ isEverything }: Selection): TestCounts {
  console.log('\n── build');
  if (!run('npm', ['run', 'build'])) return { passed: 0, failed: ['build'] };
  return runAndCount(
    'browser tests',
    'test-results/browser.json',
    () => run('playwright', ['test', ...(isEverything ? [] : ['--grep-invert', '@all'])]) || showFailedPages(),
    readBrowserReport,
  );
}

type BrowserSuite = {
  specs?: { file: string; title: string; tests: { status: string }[] }[];
  suites?: BrowserSuite[];
};

/** Reads the report of Playwright. A test that passed only when it was repeated failed. */
function readBrowserReport(report: unknown): TestCounts {
  const { stats, suites } = report as { stats: { expected: number }; suites: BrowserSuite[] };
  const listFailed = (suite: BrowserSuite): string[] => [
    ...(suite.specs ?? [])
      .filter(({ tests }) => tests.some(({ status }) => status === 'unexpected' || status === 'flaky'))
      .map(({ file, title }) => `${file} › ${title}`),
    ...(suite.suites ?? []).flatMap(listFailed),
  ];
  return { passed: stats.expected, failed: suites.flatMap(listFailed) };
}

/** Prints the page of each failed test: CI deletes the folder that Playwright writes it to. */
function showFailedPages(): false {
  for (const file of globSync('test-results/*/error-context.md'))
    console.log(`\n${file}\n${readFileSync(file, 'utf8')}`);
  return false;
}

export const addCounts = (a: TestCounts, b: TestCounts): TestCounts => ({
  passed: a.passed + b.passed,
  failed: [...a.failed, ...b.failed],
});

/** Prints the failed tests and the counts last, where a long output still shows them, and ends the process: with 0 when no test failed, else with 1. */
export function printCountsAndExit({ passed, failed }: TestCounts): never {
  console.log(['', ...failed.map((name) => `FAILED ${name}`), `${passed} passed, ${failed.length} failed`].join('\n'));
  process.exit(failed.length === 0 ? 0 : 1);
}
