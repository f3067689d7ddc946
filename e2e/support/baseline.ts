import { execFileSync } from 'node:child_process';
import { Processes } from './processes.ts';

const FOLDER = 'e2e/baseline-app';

const env = { ...process.env, NEXT_TELEMETRY_DISABLED: '1' };

export const buildBaseline = (): void =>
  void execFileSync('next', ['build', FOLDER, '--webpack'], { env, stdio: 'pipe' });

/** Builds and serves a bare page of the same framework. Resolves to its origin. */
export async function startBaseline(): Promise<{ origin: string; stop: () => Promise<void> }> {
  buildBaseline();
  const processes = new Processes();
  const origin = await processes.start(
    'The floor page',
    'next',
    ['start', FOLDER, '-H', '127.0.0.1', '-p', '0'],
    { env },
    (line) => /Local: +(http:\/\/127\.0\.0\.1:\d+)/.exec(line)?.[1],
  );
  return { origin, stop: () => processes.stop() };
}
