import { spawnSync } from 'node:child_process';
import { globSync, mkdirSync, readFileSync, rmSync } from 'node:fs';

export type Tally = { passed: number; failed: number };

const GATES: readonly [string, string, ...string[]][] = [
  ['format and lint', 'biome', 'check', '--error-on-warnings', '.'],
  ['types', 'tsc', '--noEmit', '-p', '.'],
  ['import direction', 'depcruise', 'app', 'components', 'lib', 'e2e', 'proxy.ts', 'instrumentation.ts'],
  ['dead code', 'knip', '--no-config-hints'],
];

const run = (command: string, args: readonly string[]) =>
  spawnSync(command, args, { stdio: 'inherit', env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1' } }).status === 0;

/** Runs a test runner and reads its own count. A runner that wrote no report, or ran nothing, has failed. */
function counted(name: string, file: string, go: () => boolean, read: (report: unknown) => Tally): Tally {
  console.log(`\n── ${name}`);
  rmSync(file, { force: true });
  const isGood = go();
  try {
    const tally = read(JSON.parse(readFileSync(file, 'utf8')));
    if (tally.passed + tally.failed > 0 && isGood === (tally.failed === 0)) return tally;
    return { passed: tally.passed, failed: Math.max(1, tally.failed) };
  } catch {
    return { passed: 0, failed: 1 };
  }
}

/** Format, lint, types, import direction, dead code and unit tests; the fast part leaves out the slow ones of these. */
export function runGates({ isFast }: { isFast: boolean }): Tally {
  mkdirSync('test-results', { recursive: true });
  const tally = { passed: 0, failed: 0 };
  for (const [name, command, ...args] of GATES) {
    console.log(`\n── ${name}`);
    const isGood = run(command, args);
    console.log(isGood ? 'passed' : 'FAILED');
    tally[isGood ? 'passed' : 'failed'] += 1;
  }
  const unit = counted(
    'unit tests',
    'test-results/unit.json',
    () => run('vitest', ['run', ...(isFast ? ['--exclude', '**/*.slow.test.ts'] : [])]),
    (report) => {
      const { numPassedTests, numFailedTests } = report as { numPassedTests: number; numFailedTests: number };
      return { passed: numPassedTests, failed: numFailedTests };
    },
  );
  return add(tally, unit);
}

/** Builds the app and walks through it in a browser. */
export function runBrowserTests(): Tally {
  console.log('\n── build');
  if (!run('npm', ['run', 'build'])) return { passed: 0, failed: 1 };
  return counted(
    'browser tests',
    'test-results/browser.json',
    () => run('playwright', ['test']) || showFailedPages(),
    (report) => {
      const { expected, unexpected, flaky } = (
        report as { stats: { expected: number; unexpected: number; flaky: number } }
      ).stats;
      return { passed: expected, failed: unexpected + flaky };
    },
  );
}

/** Prints what each failed test's page showed: the folder that holds it is gone where nobody can look. */
function showFailedPages(): false {
  for (const file of globSync('test-results/*/error-context.md'))
    console.log(`\n${file}\n${readFileSync(file, 'utf8')}`);
  return false;
}

export const add = (a: Tally, b: Tally): Tally => ({ passed: a.passed + b.passed, failed: a.failed + b.failed });

/** The last line, and the exit code. */
export function conclude({ passed, failed }: Tally): never {
  console.log(`\n${passed} passed, ${failed} failed`);
  process.exit(failed === 0 ? 0 : 1);
}
