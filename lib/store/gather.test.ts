import { expect, test } from 'vitest';
import { gather } from './gather.ts';

test('what comes within a moment is written together, and what comes later by itself', async () => {
  const written: number[][] = [];
  const gathered = gather(
    (): number[] => [],
    async (numbers) => void written.push(numbers),
    () => expect.fail('nothing is lost'),
  );
  await Promise.all([1, 2, 3].map((number) => gathered.add((numbers) => numbers.push(number))));
  expect(gathered.unwritten()).toBeUndefined();
  await gathered.add((numbers) => numbers.push(4));
  expect(written).toEqual([[1, 2, 3], [4]]);
});

test('a write that fails is told of once, stops nobody, and the next one is made', async () => {
  const lost: string[] = [];
  const written: number[][] = [];
  const gathered = gather(
    (): number[] => [],
    async (numbers) => {
      if (numbers.includes(1)) throw new TypeError('the database is away');
      written.push(numbers);
    },
    (cause) => lost.push(cause),
  );
  await Promise.all([1, 2].map((number) => gathered.add((numbers) => numbers.push(number))));
  await gathered.add((numbers) => numbers.push(3));
  expect([lost, written]).toEqual([['TypeError'], [[3]]]);
});
