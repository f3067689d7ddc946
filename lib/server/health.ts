import { getProcessSingleton } from '../config/process-singleton.ts';

/** Hung runs in a row, after which the process counts as one that does not recover by itself. */
const MAX_HUNG_RUNS = 3;

const getHungRunCounts = () => getProcessSingleton('hung-rounds', () => new Map<string, number>());

/** Counts the hung runs of a task in a row. A failed run has ended, so the next one may succeed. */
export function recordRun(name: string, isHung: boolean): void {
  const counts = getHungRunCounts();
  counts.set(name, isHung ? (counts.get(name) ?? 0) + 1 : 0);
}

/** Returns false when the process needs a restart. An outage of database or upstream is no reason for one. */
export const isHealthy = (): boolean => [...getHungRunCounts().values()].every((count) => count < MAX_HUNG_RUNS);
