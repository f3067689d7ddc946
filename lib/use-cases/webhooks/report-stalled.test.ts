import { expect, test } from 'vitest';
import { sampleContext, sampleInputs } from '../../domain/sample-answers.ts';
import type { IdleApplication, IdleBatch } from '../../store/application-events/stalled.ts';
import { reportStalled } from './report-stalled.ts';

const now = () => new Date('2026-11-28T02:00:00Z');
const build = (id: string, content: IdleApplication['content']): IdleApplication => ({
  id,
  expiresAt: now(),
  stalls: 0,
  content,
});

/** Runs a round over batches of which each ends a second after the one before. @returns what it reported, and where each batch began */
async function run(batches: readonly IdleApplication[][], signal?: AbortSignal, onReport = () => {}) {
  const reported: [string, boolean][] = [];
  const starts: (Date | undefined)[] = [];
  const stalled = {
    findIdle: async (_idleMs: number, _limit: number, from?: Date): Promise<IdleBatch> => {
      const index = starts.push(from) - 1;
      const last = index < batches.length - 1 ? getEnd(index) : undefined;
      return { applications: batches[index] ?? [], last };
    },
    report: async ({ id }: IdleApplication, hasLink: boolean) => {
      reported.push([id, hasLink]);
      onReport();
      return true;
    },
  };
  await reportStalled({ stalled, context: sampleContext, now, idleMs: 1 }, signal);
  return { reported, starts };
}
const getEnd = (index: number) => new Date(now().getTime() + index * 1_000);

test('only an application with a valid date of birth gets a link', async () => {
  const identity = { input: sampleInputs.identity, savedAt: now().toISOString() };
  const applications = [
    build('proved', { steps: { identity } }),
    build('typed', { steps: {}, typed: { identity: { input: sampleInputs.identity, errors: {} } } }),
    build('blank', { steps: {} }),
    build('unreadable', undefined),
  ];
  expect((await run([applications])).reported).toEqual([
    ['proved', true],
    ['typed', false],
    ['blank', false],
    ['unreadable', false],
  ]);
});

const batch = ['a', 'b', 'c'].map((id) => build(id, undefined));

test('each batch begins where the one before ended, also after one in which there is nothing to report', async () => {
  const { reported, starts } = await run([batch, [], batch, []]);
  expect(reported).toHaveLength(6);
  expect(starts).toEqual([undefined, getEnd(0), getEnd(1), getEnd(2)]);
});

test('the signal ends the round before the next application', async () => {
  expect(await run([batch], AbortSignal.abort())).toEqual({ reported: [], starts: [] });
  const abortController = new AbortController();
  const { reported, starts } = await run([batch, batch], abortController.signal, () => abortController.abort());
  expect([reported.length, starts.length]).toEqual([1, 1]);
});
