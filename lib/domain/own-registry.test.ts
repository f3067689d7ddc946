import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { buildSessionLinkRequest } from './build-session-link-request.ts';
import { canVisit, getJourneyProgress } from './journey.ts';
import { sampleContext, sampleSpelling } from './sample-answers.ts';
import type { JourneyStep, StepId } from './steps/index.ts';
import { isAlwaysApplicable } from './steps/step.ts';

const NOW = '2026-11-22T12:00:00.000Z';

/** A step that asks one text. The types know the product's ids, so a registry of a test's own uses those. */
const createStep = (id: StepId, field: string, toPayload: JourneyStep['toPayload']): JourneyStep => ({
  id,
  maxLengths: { [field]: 40 },
  fields: [field],
  schema: () => z.object({ [field]: z.string().check(z.minLength(1, `${field}.required`)) }),
  isApplicable: isAlwaysApplicable,
  toPayload,
});

const nameStep = createStep('identity', 'firstName', (answer) => answer as { firstName: string });
/** The vendor's schema is closed and has no such field. */
const memberNumberStep = createStep('payment', 'memberNumber', () => ({}));
const registry = [nameStep, memberNumberStep];

const saved = {
  identity: { input: { firstName: 'Maria' }, savedAt: NOW },
  payment: { input: { memberNumber: '7' }, savedAt: NOW },
};

test('a journey has the steps of the registry that it is given, and no others', () => {
  const start = getJourneyProgress({}, sampleContext, NOW, registry);
  expect(start).toMatchObject({ path: ['identity', 'payment'], firstOpenStep: 'identity' });
  const next = getJourneyProgress({ identity: saved.identity }, sampleContext, NOW, registry);
  expect(next.firstOpenStep).toBe('payment');
  expect(canVisit(next, 'payment')).toBe(true);
  expect(canVisit(next, 'review')).toBe(false);
});

test('an answer that the vendor’s schema does not take counts as answered and is not sent', () => {
  const progress = getJourneyProgress(saved, sampleContext, NOW, registry);
  expect(progress).toMatchObject({ firstOpenStep: 'review', answers: { payment: { memberNumber: '7' } } });
  const options = { lang: 'en', spelling: sampleSpelling, callLocation: undefined } as const;
  expect(buildSessionLinkRequest(progress, options, registry)).toEqual({ lang: 'en', firstName: 'Maria' });
});
