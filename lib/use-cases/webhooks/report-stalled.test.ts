import { expect, test } from 'vitest';
import { sampleContext, sampleInputs } from '../../domain/sample-answers.ts';
import type { IdleApplication } from '../../store/application-events/stalled.ts';
import { reportStalled } from './report-stalled.ts';

const now = () => new Date('2026-11-28T02:00:00Z');
const build = (id: string, content: IdleApplication['content']): IdleApplication => ({
  id,
  expiresAt: now(),
  stalls: 0,
  content,
});

async function report(batches: IdleApplication[][], signal?: AbortSignal) {
  const reported: [string, boolean][] = [];
  const stalled = {
    findIdle: async () => batches.shift() ?? [],
    report: async ({ id }: IdleApplication, hasLink: boolean) => {
      reported.push([id, hasLink]);
      return true;
    },
  };
  await reportStalled({ stalled, context: sampleContext, now, idleMs: 1 }, signal);
  return reported;
}

test('only an application with a valid date of birth gets a link', async () => {
  const identity = { input: sampleInputs.identity, savedAt: now().toISOString() };
  const applications = [
    build('proved', { steps: { identity } }),
    build('typed', { steps: {}, typed: { identity: { input: sampleInputs.identity, errors: {} } } }),
    build('blank', { steps: {} }),
    build('unreadable', undefined),
  ];
  expect(await report([applications])).toEqual([
    ['proved', true],
    ['typed', false],
    ['blank', false],
    ['unreadable', false],
  ]);
});

test('many applications are reported in batches, until the signal', async () => {
  const batch = Array.from({ length: 100 }, (_, index) => build(`a${index}`, undefined));
  expect(await report([batch, batch.slice(0, 3)])).toHaveLength(103);
  expect(await report([batch], AbortSignal.abort())).toEqual([]);
});
