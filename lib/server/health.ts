import { inProcess } from '../config/in-process.ts';

/** Rounds that hung one after another until the process counts as one that does not recover by itself. */
const MOST_HUNG = 3;

const hungRounds = () => inProcess('hung-rounds', () => new Map<string, number>());

/** Keeps how many rounds of a repeated work hung in a row. A round that failed has ended, so the next one may succeed. */
export function noteRound(name: string, isHung: boolean): void {
  const rounds = hungRounds();
  rounds.set(name, isHung ? (rounds.get(name) ?? 0) + 1 : 0);
}

/** Whether a restart would change nothing. A database or an upstream that is away is no reason for one. */
export const isHealthy = (): boolean => [...hungRounds().values()].every((rounds) => rounds < MOST_HUNG);
