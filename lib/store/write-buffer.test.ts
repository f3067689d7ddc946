import { expect, test } from 'vitest';
import { createWriteBuffer, createWriteQueue } from './write-buffer.ts';

test('what comes within a moment is written together, and what comes later by itself', async () => {
  const written: number[][] = [];
  const buffer = createWriteBuffer(
    (): number[] => [],
    async (numbers) => void written.push(numbers),
    () => expect.fail('nothing is lost'),
  );
  await Promise.all([1, 2, 3].map((number) => buffer.add((numbers) => numbers.push(number))));
  expect(buffer.getPending()).toBeUndefined();
  await buffer.add((numbers) => numbers.push(4));
  expect(written).toEqual([[1, 2, 3], [4]]);
});

test('a write that fails is told of once, stops nobody, and the next one is made', async () => {
  const errors: string[] = [];
  const written: number[][] = [];
  const buffer = createWriteBuffer(
    (): number[] => [],
    async (numbers) => {
      if (numbers.includes(1)) throw new TypeError('the database is away');
      written.push(numbers);
    },
    (cause) => errors.push(cause),
  );
  await Promise.all([1, 2].map((number) => buffer.add((numbers) => numbers.push(number))));
  await buffer.add((numbers) => numbers.push(3));
  expect([errors, written]).toEqual([['TypeError'], [[3]]]);
});

test('what comes while a write is under way waits for it and is written at once after it', async () => {
  const written: number[][] = [];
  const first = Promise.withResolvers<void>();
  const queue = createWriteQueue(
    (): number[] => [],
    async (numbers) => {
      written.push(numbers);
      if (numbers.includes(1)) await first.promise;
      if (numbers.includes(2)) throw new TypeError('refused');
    },
  );
  const all = [queue.add((numbers) => numbers.push(1))];
  await expect.poll(() => written.length).toBe(1);
  all.push(...[2, 3].map((number) => queue.add((numbers) => numbers.push(number))));
  first.resolve();
  const ends = await Promise.allSettled(all);
  expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected']);
  await queue.add((numbers) => numbers.push(4));
  expect(written).toEqual([[1], [2, 3], [4]]);
});

test('the pause before a write is told how long the last one took', async () => {
  let monotonicMs = 0;
  const pauses: number[] = [];
  const runtime = {
    monotonicMs: () => monotonicMs,
    sleep: async (ms: number) => {
      pauses.push(ms);
      return undefined;
    },
  };
  const write = async (numbers: number[]) => {
    monotonicMs += numbers.length * 100;
  };
  const queue = createWriteQueue(
    (): number[] => [],
    write,
    (lastMs) => 10 + 3 * lastMs,
    runtime,
  );
  await Promise.all([1, 2].map((number) => queue.add((numbers) => numbers.push(number))));
  await queue.add((numbers) => numbers.push(3));
  await queue.add((numbers) => numbers.push(4));
  expect(pauses).toEqual([10, 610, 310]);
});
