import { setImmediate as settle } from 'node:timers/promises';
import type { Random } from './random.ts';

type Event = { atMs: number; rank: number; action: () => unknown; isIdle: boolean };

export type Scheduler = {
  /** Simulated milliseconds since the start of the run. */
  elapsedMs: () => number;
  /** @param isIdle the event is put off while `isQuiet` says that it would find nothing to do @returns cancels it */
  schedule: (delayMs: number, action: () => unknown, isIdle?: boolean) => () => void;
  /** Runs events until one of them is later than `untilMs`, or until `isDone`. */
  run: (untilMs: number, isDone: () => boolean) => Promise<void>;
};

/**
 * Virtual time. One event runs at a time, and the next one only when everything that the first one woke up waits again, so
 * the order of all steps follows from the seed. Events of the same millisecond run in a random order.
 */
export function createScheduler(random: Random, isQuiet: () => boolean): Scheduler {
  const queue: Event[] = [];
  let elapsedMs = 0;

  const isBefore = (a: Event, b: Event) => a.atMs < b.atMs || (a.atMs === b.atMs && a.rank < b.rank);

  function insert(event: Event): void {
    let index = queue.length;
    for (let previous = queue[index - 1]; previous && isBefore(event, previous); previous = queue[index - 1])
      index -= 1;
    queue.splice(index, 0, event);
  }

  function takeNext(): Event | undefined {
    const next = queue.shift();
    if (!next?.isIdle || !isQuiet()) return next;
    const busyEvent = queue.find(({ isIdle }) => !isIdle);
    if (!busyEvent) {
      insert(next);
      return undefined;
    }
    insert({ ...next, atMs: Math.max(next.atMs, busyEvent.atMs + random.between(1, 10_000)) });
    return takeNext();
  }

  return {
    elapsedMs: () => elapsedMs,
    schedule(delayMs, action, isIdle = false) {
      const event = { atMs: elapsedMs + Math.max(0, Math.round(delayMs)), rank: random.next(), action, isIdle };
      insert(event);
      return () => {
        const index = queue.indexOf(event);
        if (index >= 0) queue.splice(index, 1);
      };
    },
    async run(untilMs, isDone) {
      await settle(); // tasks that have just started schedule their first events
      while (!isDone()) {
        const next = takeNext();
        if (!next || next.atMs > untilMs) {
          if (next) insert(next);
          elapsedMs = untilMs;
          return;
        }
        elapsedMs = Math.max(elapsedMs, next.atMs);
        await next.action();
        await settle();
      }
    },
  };
}
