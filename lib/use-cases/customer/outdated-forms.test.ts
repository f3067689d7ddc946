import { expect, test } from 'vitest';
import { FOR_ANOTHER, markAnswer, markVersion, NONE } from '../../domain/form-stamp.ts';
import { sampleContext, sampleInputs } from '../../domain/sample-answers.ts';
import type { DraftContent, Drafts } from '../../store/drafts.ts';
import type { Ledger } from '../../store/ledger.ts';
import { keepTyped } from './save-partial-step.ts';
import { saveStep } from './save-step.ts';

const now = new Date('2026-11-22T12:00:00Z');
const saved = { steps: { identity: { input: sampleInputs.identity, savedAt: now.toISOString() } }, begunBy: 'nblank' };
const changed = { ...sampleInputs.identity, firstName: 'Bea' };
const current = markAnswer(saved.steps, 'identity');

/** A store with one draft of version 3, and what was written to it. */
function storeWith(content: DraftContent) {
  const written: DraftContent[] = [];
  const write = async (_draft: unknown, next: DraftContent) => written.push(next) > 0;
  const drafts = { find: async () => ({ id: 'd', version: 3, content }), update: write, note: write };
  const ledger = { latest: async () => undefined } as unknown as Ledger;
  const countDraft = async () => undefined;
  return { written, tools: { drafts: drafts as unknown as Drafts, ledger, countDraft, context: sampleContext, now } };
}

test.each([NONE, 'a0', FOR_ANOTHER, markVersion(2)])(
  'a form that showed %s is told, and writes nothing',
  async (seen) => {
    const { written, tools } = storeWith(saved);
    const form = { token: 't', stepId: 'identity', input: changed, seen } as const;
    const mark = seen.startsWith('v') ? markVersion(3) : current;
    expect(await saveStep(tools, form)).toEqual({ kind: 'changed', values: changed, seen: mark });
    expect(await keepTyped(tools, { ...form, errors: {} })).toMatchObject({ kind: 'changed', values: changed });
    expect(written).toEqual([]);
  },
);

test.each([current, markVersion(3), undefined])(
  'a form that showed %s is saved, and keeps what its draft began with',
  async (seen) => {
    const { written, tools } = storeWith(saved);
    const form = { token: 't', stepId: 'identity', input: changed, seen } as const;
    expect(await saveStep(tools, form)).toMatchObject({ kind: 'saved' });
    expect(await keepTyped(tools, { ...form, errors: {} })).toEqual({ kind: 'kept', token: 't' });
    expect(written.map(({ begunBy }) => begunBy)).toEqual(['nblank', 'nblank']);
  },
);

test('a draft keeps the mark of the blank form that it begins with', async () => {
  const { tools } = storeWith(saved);
  const begun: DraftContent[] = [];
  const create = async (content: DraftContent) => `t${begun.push(content)}`;
  const drafts = { ...tools.drafts, create } as unknown as Drafts;
  const form = { token: undefined, stepId: 'identity', input: changed, seen: NONE, begunBy: 'nmark' } as const;
  await saveStep({ ...tools, drafts }, form);
  await keepTyped({ ...tools, drafts }, { ...form, errors: {} });
  expect(begun.map(({ begunBy }) => begunBy)).toEqual(['nmark', 'nmark']);
});
