import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { createKeys, dataKey } from '../../crypto/encryption.ts';
import { startStep } from '../../domain/assist/start-step.ts';
import { type FormInput, fieldText, mapTexts, readErrors, readForm, writeErrors } from '../../domain/form-input.ts';
import type { SavedSteps, TypedSteps } from '../../domain/journey.ts';
import { applyPartnerAnswers } from '../../domain/partner-start.ts';
import { sampleContext, sampleInputs } from '../../domain/sample-answers.ts';
import { type StepId, stepOf, steps } from '../../domain/steps/index.ts';
import { findTooLong, keepable, withoutTooLong } from '../../domain/steps/step.ts';
import { type DraftContent, type Drafts, sealedDraft } from '../../store/drafts.ts';
import type { Ledger } from '../../store/ledger.ts';
import { keepTyped } from './save-partial-step.ts';
import { saveStep } from './save-step.ts';

const now = new Date('2026-11-22T12:00:00Z');
const every = steps.flatMap(({ id, fields }) => fields.map((field): [StepId, string] => [id, field]));

/** A store with one draft, or none, that fails the test when anything is written to it. */
function readOnly(content: DraftContent | undefined) {
  const drafts = {
    find: async () => content && { id: 'd', version: 1, content },
    create: () => expect.fail('a draft was made'),
    update: () => expect.fail('an answer was stored'),
    note: () => expect.fail('a text was stored'),
  } as unknown as Drafts;
  const ledger = { latest: async () => undefined } as unknown as Ledger;
  return { drafts, ledger, countDraft: () => expect.fail('a draft was counted'), context: sampleContext, now };
}

const withText = (stepId: StepId, field: string, text: string): FormInput =>
  mapTexts(sampleInputs[stepId], (name, own) => (name === field ? text : own));
const maxOf = (stepId: StepId, field: string) => stepOf(stepId).maxLengths[field] ?? expect.fail('no maximum');

const savedAt = now.toISOString();
const whole: SavedSteps = Object.fromEntries(steps.map(({ id }) => [id, { input: sampleInputs[id], savedAt }]));

test.each(every)(
  '%s: a too long %s is told at its field, kept on the page, and stored nowhere',
  async (stepId, field) => {
    const input = withText(stepId, field, 'x'.repeat(maxOf(stepId, field) + 1));
    for (const content of [
      undefined,
      { steps: {} },
      { steps: whole },
      { steps: whole, partner: { link: 'l', locked: [] } },
    ]) {
      const token = content && 't';
      const results = [
        await saveStep(readOnly(content), { token, stepId, input }),
        await keepTyped(readOnly(content), { token, stepId, input, errors: {} }),
      ];
      for (const result of results) {
        expect(result).toMatchObject({ kind: 'invalid', errors: { [field]: 'text.tooLong' } });
        const isScripted = stepOf(stepId).scripted?.[field] !== undefined;
        if (result.kind === 'invalid') expect(result.values).toEqual(isScripted ? withText(stepId, field, '') : input);
      }
    }
    // Where the page goes away, and where a partner says it, the other texts are kept without it.
    const short = withoutTooLong(stepOf(stepId), input);
    expect(short).toEqual(withText(stepId, field, ''));
    const texts = new Map(stepOf(stepId).fields.map((name) => [name, fieldText(input, name)]));
    const begun = applyPartnerAnswers({ texts, locked: [field], confirm: [] }, { steps: {} }, sampleContext, savedAt);
    expect(JSON.stringify(begun)).not.toContain('xxxxxxxxxx');
    expect(begun.locked).not.toContain(field);
  },
);

test.each(every)('%s: the longest %s is within its maximum', (stepId, field) => {
  const longest = withText(stepId, field, 'x'.repeat(maxOf(stepId, field)));
  expect(findTooLong(stepOf(stepId), longest)).toEqual({});
});

test('the start of a case has the same rule', () => {
  for (const field of startStep.fields) {
    const input = { phoneNumber: '55 1234 5678', spoken: 'es', [field]: '5'.repeat(41) };
    expect(findTooLong(startStep, input)).toEqual({ [field]: 'text.tooLong' });
  }
});

test('errors that a page posts along are those of its fields, and short', () => {
  const { fields } = stepOf('identity');
  const posted = `${writeErrors({ firstName: 'x'.repeat(61), other: 'a', lastName: '<b>', email: 'email.format' })}&`;
  expect(readErrors(posted.repeat(100), fields)).toEqual({ email: 'email.format' });
});

// 50 ms on an idle machine. A reader that copies the rest of the text at each gap needs 2,300 ms.
test('a number with thousands of gaps is read in linear time', () => {
  const input = withText('identity', 'firstName', '1 '.repeat(30_000));
  const start = performance.now();
  return keepTyped(readOnly(undefined), { token: undefined, stepId: 'identity', input, errors: {} }).then(() =>
    expect(performance.now() - start).toBeLessThan(1_500),
  );
});

/** A place that can be read, with as many signs of three bytes as fit. */
function largestPlace(max: number): string {
  const geometry = { location: { lat: 0, lng: 0 } };
  const components = [{ long_name: 'a', short_name: 'a', types: [] }];
  const place = { place_id: 'a', formatted_address: 'a', address_components: components, geometry };
  const asJson = (more: string) => JSON.stringify({ ...place, types: [], html_attributions: [], more });
  return asJson('\u6f22'.repeat(max - asJson('').length));
}

test('the largest sealed draft is as large as OPERATIONS.md says, and no larger', () => {
  // A control character takes six bytes in JSON: no text is larger. In a place, which is JSON itself, there is none.
  const largest = (name: string, max: number) => (name === 'placeDetail' ? largestPlace(max) : '\u0007'.repeat(max));
  const filled = (stepId: StepId) => {
    const step = stepOf(stepId);
    const input = readForm({ get: (name) => largest(name, step.maxLengths[name] ?? 0) }, step.fields);
    return keepable(step, input, sampleContext);
  };
  const errorsOf = (stepId: StepId) => Object.fromEntries(stepOf(stepId).fields.map((name) => [name, 'x'.repeat(60)]));
  const ids = steps.map(({ id }) => id);
  const saved: SavedSteps = Object.fromEntries(ids.map((id) => [id, { input: filled(id), savedAt }]));
  const typed: TypedSteps = Object.fromEntries(ids.map((id) => [id, { input: filled(id), errors: errorsOf(id) }]));
  const partner = { link: 'x'.repeat(43), locked: every.map(([, field]) => field) };
  const { length } = sealedDraft(
    'x'.repeat(43),
    { steps: saved, typed, partner },
    createKeys([dataKey('a'.repeat(16), randomBytes(32))]),
  );
  const [, kilobytes = ''] = /largest draft takes (\d+) kB/.exec(readFileSync('OPERATIONS.md', 'utf8')) ?? [];
  expect(Math.ceil(length / 1_000)).toBe(Number(kilobytes));
});
