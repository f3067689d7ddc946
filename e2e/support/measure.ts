import { execFileSync, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/** Costs of a run of many requests. Times in milliseconds, `cpu` in milliseconds of the server's per request. */
export type LoadResult = { perSecond: number; p50: number; p99: number; cpu: number; errors: number };

const TICKS_PER_SECOND = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));

/** CPU that a process and its children have used so far, in milliseconds (proc(5)). */
export function getCpuMs(pid: number): number {
  const stats = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const text = readFileSync(`/proc/${name}/stat`, 'utf8');
        return [{ pid: Number(name), rest: text.slice(text.lastIndexOf(')') + 2).split(' ') }];
      } catch {
        return []; // it has ended
      }
    });
  const family = new Set([pid]);
  for (const { pid: processId, rest } of stats) if (family.has(Number(rest[1]))) family.add(processId);
  const ticks = stats.filter((stat) => family.has(stat.pid)).map(({ rest }) => Number(rest[11]) + Number(rest[12]));
  return (ticks.reduce((sum, tickCount) => sum + tickCount, 0) * 1_000) / TICKS_PER_SECOND;
}

/** The value below which such a part of all values lies. */
export function getQuantile(values: readonly number[], fraction: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * fraction))] ?? 0;
}

/** Runs all jobs, so many at once, and says what they cost the server. A job resolves to whether it went well. */
export async function measureLoad(
  pid: number,
  atOnce: number,
  jobs: readonly (() => Promise<boolean>)[],
): Promise<LoadResult> {
  const times: number[] = [];
  let [nextIndex, errors] = [0, 0];
  const [start, cpu] = [performance.now(), getCpuMs(pid)];
  const runLane = async () => {
    while (nextIndex < jobs.length) {
      const job = jobs[nextIndex++];
      const jobStart = performance.now();
      const isGood = await job?.().catch(() => false);
      times.push(performance.now() - jobStart);
      if (!isGood) errors += 1;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, runLane));
  const seconds = (performance.now() - start) / 1_000;
  return {
    perSecond: jobs.length / seconds,
    p50: getQuantile(times, 0.5),
    p99: getQuantile(times, 0.99),
    cpu: (getCpuMs(pid) - cpu) / jobs.length,
    errors,
  };
}

/** A program of the bench's own that prints its port. */
export async function startProgram(file: string, env: Record<string, string> = {}) {
  const child = spawn(process.execPath, [file], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const port = await new Promise<number>((resolve) =>
    child.stdout.once('data', (data) => resolve(Number(String(data)))),
  );
  return { port, pid: child.pid ?? 0, stop: () => child.kill() };
}
