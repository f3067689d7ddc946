import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { createDataKey, createKeys } from '../../crypto/encryption.ts';
import { startStep } from '../../domain/assist/start-step.ts';
import { type FormInput, getFieldText, mapTexts, readErrors, readForm, writeErrors } from '../../domain/form-input.ts';
import type { PartialSteps, SavedSteps } from '../../domain/journey.ts';
import { applyPartnerAnswers } from '../../domain/partner-start.ts';
import { sampleContext, sampleInputs } from '../../domain/sample-answers.ts';
import { getStep, type StepId, steps } from '../../domain/steps/index.ts';
import { findTooLongFields, removeDisallowedTexts, removeTooLongTexts } from '../../domain/steps/step.ts';
import { type DraftContent, type DraftRepository, encryptDraft } from '../../store/drafts.ts';
import type { Ledger } from '../../store/ledger.ts';
import { savePartialStep } from './save-partial-step.ts';
import { saveStep } from './save-step.ts';

const now = new Date('2026-11-22T12:00:00Z');
const allFields = steps.flatMap(({ id, fields }) => fields.map((field): [StepId, string] => [id, field]));

/** A store with one draft, or none, that fails the test when anything is written to it. */
function createReadOnlyStore(content: DraftContent | undefined) {
  const drafts = {
    find: async () => content && { id: 'd', version: 1, content },
    create: () => expect.fail('a draft was made'),
    update: () => expect.fail('an answer was stored'),
    savePartial: () => expect.fail('a text was stored'),
  } as unknown as DraftRepository;
  const ledger = { findLatest: async () => undefined } as unknown as Ledger;
  return { drafts, ledger, limitDraft: () => expect.fail('a draft was counted'), context: sampleContext, now };
}

const withText = (stepId: StepId, field: string, text: string): FormInput =>
  mapTexts(sampleInputs[stepId], (name, value) => (name === field ? text : value));
const getMaxLength = (stepId: StepId, field: string) => getStep(stepId).maxLengths[field] ?? expect.fail('no maximum');

const savedAt = now.toISOString();
const whole: SavedSteps = Object.fromEntries(steps.map(({ id }) => [id, { input: sampleInputs[id], savedAt }]));

test.each(allFields)(
  '%s: a too long %s is told at its field, kept on the page, and stored nowhere',
  async (stepId, field) => {
    const input = withText(stepId, field, 'x'.repeat(getMaxLength(stepId, field) + 1));
    for (const content of [
      undefined,
      { steps: {} },
      { steps: whole },
      { steps: whole, partner: { link: 'l', locked: [] } },
    ]) {
      const token = content && 't';
      const results = [
        await saveStep(createReadOnlyStore(content), { token, stepId, input }),
        await savePartialStep(createReadOnlyStore(content), { token, stepId, input, errors: {} }),
      ];
      for (const result of results) {
        expect(result).toMatchObject({ kind: 'invalid', errors: { [field]: 'text.tooLong' } });
        const isScripted = getStep(stepId).scripted?.includes(field);
        if (result.kind === 'invalid') expect(result.values).toEqual(isScripted ? withText(stepId, field, '') : input);
      }
    }
    // Where the page goes away, and where a partner says it, the other texts are kept without it.
    const short = removeTooLongTexts(getStep(stepId), input);
    expect(short).toEqual(withText(stepId, field, ''));
    const texts = new Map(getStep(stepId).fields.map((name) => [name, getFieldText(input, name)]));
    const started = applyPartnerAnswers({ texts, locked: [field], confirm: [] }, { steps: {} }, sampleContext, savedAt);
    expect(JSON.stringify(started)).not.toContain('xxxxxxxxxx');
    expect(started.locked).not.toContain(field);
  },
);

test.each(allFields)('%s: the longest %s is within its maximum', (stepId, field) => {
  const longest = withText(stepId, field, 'x'.repeat(getMaxLength(stepId, field)));
  expect(findTooLongFields(getStep(stepId), longest)).toEqual({});
});

test('the start of a case has the same rule', () => {
  for (const field of startStep.fields) {
    const input = { phoneNumber: '55 1234 5678', spoken: 'es', [field]: '5'.repeat(101) };
    expect(findTooLongFields(startStep, input)).toEqual({ [field]: 'text.tooLong' });
  }
});

test('errors that a page posts along are those of its fields, and short', () => {
  const { fields } = getStep('identity');
  const posted = `${writeErrors({ firstName: 'x'.repeat(61), other: 'a', lastName: '<b>', email: 'email.format' })}&`;
  expect(readErrors(posted.repeat(100), fields)).toEqual({ email: 'email.format' });
});

// 50 ms on an idle machine. A reader that copies the rest of the text at each gap needs 2,300 ms.
test('a number with thousands of gaps is read in linear time', () => {
  const input = withText('identity', 'firstName', '1 '.repeat(30_000));
  const start = performance.now();
  return savePartialStep(createReadOnlyStore(undefined), {
    token: undefined,
    stepId: 'identity',
    input,
    errors: {},
  }).then(() => expect(performance.now() - start).toBeLessThan(1_500));
});

/** A place that can be read, with as many signs of three bytes as fit. */
function largestPlace(max: number): string {
  const geometry = { location: { lat: 0, lng: 0 } };
  const components = [{ long_name: 'a', short_name: 'a', types: [] }];
  const place = { place_id: 'a', formatted_address: 'a', address_components: components, geometry };
  const asJson = (more: string) => JSON.stringify({ ...place, types: [], html_attributions: [], more });
  return asJson('\u6f22'.repeat(max - asJson('').length));
}

test('the largest encrypted draft is as large as docs/operations.md says, and no larger', () => {
  // A control character takes six bytes in JSON: no text is larger. In a place, which is JSON itself, there is none.
  const largest = (name: string, max: number) => (name === 'placeDetail' ? largestPlace(max) : '\u0007'.repeat(max));
  const filled = (stepId: StepId) => {
    const step = getStep(stepId);
    const input = readForm({ get: (name) => largest(name, step.maxLengths[name] ?? 0) }, step.fields);
    return removeDisallowedTexts(step, input, sampleContext);
  };
  const buildErrors = (stepId: StepId) =>
    Object.fromEntries(getStep(stepId).fields.map((name) => [name, 'x'.repeat(60)]));
  const ids = steps.map(({ id }) => id);
  const saved: SavedSteps = Object.fromEntries(ids.map((id) => [id, { input: filled(id), savedAt }]));
  const partialSteps: PartialSteps = Object.fromEntries(
    ids.map((id) => [id, { input: filled(id), errors: buildErrors(id) }]),
  );
  const partner = { link: 'x'.repeat(43), locked: allFields.map(([, field]) => field) };
  const { length } = encryptDraft(
    'x'.repeat(43),
    { steps: saved, typed: partialSteps, partner },
    createKeys([createDataKey('a'.repeat(16), randomBytes(32))]),
  );
  const [, kilobytes = ''] = /largest draft takes (\d+) kB/.exec(readFileSync('docs/operations.md', 'utf8')) ?? [];
  expect(Math.ceil(length / 1_000)).toBe(Number(kilobytes));
});
