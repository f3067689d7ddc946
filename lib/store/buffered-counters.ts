import { LIMITS } from '../config/rate-limits.ts';
import type { Database } from './database.ts';
import { addCounts, type Counts, parseLimitName, type StoredCounter } from './rate-limit-statements.ts';
import { isUndone } from './store-error.ts';
import { createWriteBuffer } from './write-buffer.ts';

/** An instance's view of a counter. */
export type CachedCounter = {
  points: number;
  until: number;
  /** The database's count after the last write of this instance. */
  stored: number;
  /** Other instances also count it, so a write may wait for its row. */
  isShared: boolean;
};

/** Counters in memory. Beyond it, the least recently used counter is dropped and read from the database again. */
const MAX_CACHED_COUNTERS = 10_000;

/** Counters that this instance knows at once and writes to the database a moment later, batched. */
export class BufferedCounters {
  readonly #database: Database;
  readonly #now: () => Date;
  readonly #counters = new Map<string, CachedCounter>();
  // A write may wait for rows that other instances write. Other rows must not wait with them.
  readonly #ownBuffer;
  readonly #sharedBuffer;

  constructor(database: Database, now: () => Date, onError: (cause: string) => void) {
    this.#database = database;
    this.#now = now;
    const createBuffer = () =>
      createWriteBuffer(
        (): Counts => new Map(),
        (counts) => this.#write(counts),
        onError,
      );
    this.#ownBuffer = createBuffer();
    this.#sharedBuffer = createBuffer();
  }

  /** Returns this instance's view of a counter in the window at `nowMs`. */
  read(key: string, nowMs: number): CachedCounter {
    const last = this.#counters.get(key);
    const isOpen = last !== undefined && last.until > nowMs;
    const until = nowMs + LIMITS[parseLimitName(key)].windowSeconds * 1_000;
    const counter = isOpen ? last : { points: 0, until, stored: 0, isShared: last?.isShared ?? false };
    this.#set(key, counter);
    return counter;
  }

  /** Counts one attempt. @returns when the database has stored, lost or rolled back the count */
  increment(key: string, counter: CachedCounter): Promise<void> {
    this.#set(key, { ...counter, points: counter.points + 1 });
    return this.#addToBuffer(key, 1, counter.isShared);
  }

  /** Takes one attempt back, also one that is already in the database. */
  decrement(key: string): void {
    const last = this.#counters.get(key);
    if (!last) return;
    this.#set(key, { ...last, points: Math.max(0, last.points - 1) });
    void this.#addToBuffer(key, -1, last.isShared);
  }

  #set(key: string, counter: CachedCounter): void {
    this.#counters.delete(key);
    this.#counters.set(key, counter);
    const [oldest] = this.#counters.keys();
    if (this.#counters.size > MAX_CACHED_COUNTERS && oldest !== undefined) this.#counters.delete(oldest);
  }

  #addToBuffer(key: string, count: number, isShared: boolean): Promise<void> {
    const buffer = isShared ? this.#sharedBuffer : this.#ownBuffer;
    return buffer.add((sums) => sums.set(key, (sums.get(key) ?? 0) + count));
  }

  async #write(counts: Counts): Promise<void> {
    for (const [key, count] of counts) if (count === 0) counts.delete(key);
    const initialCounts = new Map(counts);
    try {
      const storedCounters = await addCounts(this.#database, counts, this.#now);
      for (const stored of storedCounters) this.#update(stored, initialCounts.get(stored.key) ?? 0);
    } catch (error) {
      if (!isUndone(error)) throw error;
      this.#countAgain(counts);
    }
  }

  /** Takes a counter's row over. @param added what this instance has added to the row */
  #update({ key, points: stored, expire }: StoredCounter, added: number): void {
    const last = this.#counters.get(key);
    const until = expire?.getTime() ?? 0;
    const isSameWindow = last?.until === until;
    const pendingCount = [this.#ownBuffer, this.#sharedBuffer].reduce(
      (sum, buffer) => sum + (buffer.getPending()?.get(key) ?? 0),
      0,
    );
    this.#set(key, {
      until,
      stored,
      // Within a window a counter hardly ever shrinks, so the smaller of two answers is the older one.
      points: Math.max(isSameWindow ? last.points : 0, stored + pendingCount),
      isShared: last?.isShared || stored > (isSameWindow ? last.stored : 0) + added,
    });
  }

  /** Adds rolled-back counts to the next write, unless their window is over. A write is rolled back when it waits too long. */
  #countAgain(counts: Counts): void {
    for (const [key, count] of counts) {
      const last = this.#counters.get(key);
      if (!last || last.until <= this.#now().getTime()) continue;
      this.#set(key, { ...last, isShared: true });
      void this.#addToBuffer(key, count, true);
    }
  }
}
