import { expect, test } from 'vitest';
import { buildAnswerMark, buildVersionMark, NO_MARK, OTHER_PERSON_MARK } from '../../domain/form-stamp.ts';
import { sampleContext, sampleInputs } from '../../domain/sample-answers.ts';
import type { DraftContent, DraftRepository } from '../../store/drafts.ts';
import type { Ledger } from '../../store/ledger.ts';
import { limitNothing, savePartialStep } from './save-partial-step.ts';
import { saveStep } from './save-step.ts';

const now = new Date('2026-11-22T12:00:00Z');
const saved = { steps: { identity: { input: sampleInputs.identity, savedAt: now.toISOString() } }, begunBy: 'nblank' };
const changed = { ...sampleInputs.identity, firstName: 'Bea' };
const current = buildAnswerMark(saved.steps, 'identity');

/** A store with one draft of version 3, and what was written to it. */
function createStoreWith(content: DraftContent) {
  const written: DraftContent[] = [];
  const write = async (_draft: unknown, next: DraftContent) => written.push(next) > 0;
  const drafts = { find: async () => ({ id: 'd', version: 3, content }), update: write, savePartial: write };
  const ledger = { findLatest: async () => undefined } as unknown as Ledger;
  const limitDraft = limitNothing;
  return {
    written,
    tools: { drafts: drafts as unknown as DraftRepository, ledger, limitDraft, context: sampleContext, now },
  };
}

test.each([NO_MARK, 'a0', OTHER_PERSON_MARK, buildVersionMark(2)])(
  'a form that showed %s is told, and writes nothing',
  async (seen) => {
    const { written, tools } = createStoreWith(saved);
    const form = { token: 't', stepId: 'identity', input: changed, seen } as const;
    const mark = seen.startsWith('v') ? buildVersionMark(3) : current;
    expect(await saveStep(tools, form)).toEqual({ kind: 'changed', values: changed, seen: mark });
    expect(await savePartialStep(tools, { ...form, errors: {} })).toMatchObject({ kind: 'changed', values: changed });
    expect(written).toEqual([]);
  },
);

test.each([current, buildVersionMark(3), undefined])(
  'a form that showed %s is saved, and keeps what its draft began with',
  async (seen) => {
    const { written, tools } = createStoreWith(saved);
    const form = { token: 't', stepId: 'identity', input: changed, seen } as const;
    expect(await saveStep(tools, form)).toMatchObject({ kind: 'saved' });
    expect(await savePartialStep(tools, { ...form, errors: {} })).toEqual({ kind: 'kept', token: 't' });
    expect(written.map(({ begunBy }) => begunBy)).toEqual(['nblank', 'nblank']);
  },
);

test('a draft keeps the mark of the blank form that it begins with', async () => {
  const { tools } = createStoreWith(saved);
  const begun: DraftContent[] = [];
  const create = async (content: DraftContent) => `t${begun.push(content)}`;
  const drafts = { ...tools.drafts, create } as unknown as DraftRepository;
  const form = { token: undefined, stepId: 'identity', input: changed, seen: NO_MARK, begunBy: 'nmark' } as const;
  await saveStep({ ...tools, drafts }, form);
  await savePartialStep({ ...tools, drafts }, { ...form, errors: {} });
  expect(begun.map(({ begunBy }) => begunBy)).toEqual(['nmark', 'nmark']);
});
