import { execFileSync, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/** What a run of many requests took. Times in milliseconds, `cpu` in milliseconds of the server's per request. */
export type Load = { perSecond: number; p50: number; p99: number; cpu: number; errors: number };

const TICKS = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));

/** CPU that a process and its children have used so far, in milliseconds (proc(5)). */
export function cpuOf(pid: number): number {
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
  for (const { pid: one, rest } of stats) if (family.has(Number(rest[1]))) family.add(one);
  const ticks = stats.filter((one) => family.has(one.pid)).map(({ rest }) => Number(rest[11]) + Number(rest[12]));
  return (ticks.reduce((sum, one) => sum + one, 0) * 1_000) / TICKS;
}

/** The value below which such a part of all values lies. */
export function shareOf(values: readonly number[], part: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
}

/** Runs all jobs, so many at once, and says what they cost the server. A job resolves to whether it went well. */
export async function load(pid: number, atOnce: number, jobs: readonly (() => Promise<boolean>)[]): Promise<Load> {
  const times: number[] = [];
  let [at, errors] = [0, 0];
  const [start, cpu] = [performance.now(), cpuOf(pid)];
  const lane = async () => {
    while (at < jobs.length) {
      const job = jobs[at++];
      const from = performance.now();
      const isGood = await job?.().catch(() => false);
      times.push(performance.now() - from);
      if (!isGood) errors += 1;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  const seconds = (performance.now() - start) / 1_000;
  return {
    ...{ perSecond: jobs.length / seconds, p50: shareOf(times, 0.5), p99: shareOf(times, 0.99) },
    ...{ cpu: (cpuOf(pid) - cpu) / jobs.length, errors },
  };
}

/** A program of the bench's own that prints its port. */
export async function serve(file: string, env: Record<string, string> = {}) {
  const child = spawn(process.execPath, [file], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const port = await new Promise<number>((said) => child.stdout.once('data', (data) => said(Number(String(data)))));
  return { port, pid: child.pid ?? 0, stop: () => child.kill() };
}
