import { getProcessSingleton } from '../config/process-singleton.ts';

/** Rounds that hung one after another until the process counts as one that does not recover by itself. */
const MAX_HUNG_RUNS = 3;

const getHungRunCounts = () => getProcessSingleton('hung-rounds', () => new Map<string, number>());

/** Keeps how many rounds of a repeated work hung in a row. A round that failed has ended, so the next one may succeed. */
export function recordRun(name: string, isHung: boolean): void {
  const counts = getHungRunCounts();
  counts.set(name, isHung ? (counts.get(name) ?? 0) + 1 : 0);
}

/** Whether a restart would change nothing. A database or an upstream that is away is no reason for one. */
export const isHealthy = (): boolean => [...getHungRunCounts().values()].every((count) => count < MAX_HUNG_RUNS);
