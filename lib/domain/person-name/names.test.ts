import { expect, test } from 'vitest';
import { NAME_SHAPES } from '../../../e2e/support/name-shapes.ts';
import { buildSessionLinkRequest } from '../build-session-link-request.ts';
import { getJourneyProgress, type SavedSteps } from '../journey.ts';
import { sampleContext, sampleInputs, sampleSpelling } from '../sample-answers.ts';

/** Composed letters and single spaces: nothing else is changed. */
const normalizeName = (name: string) => name.normalize('NFC').replace(/\s+/g, ' ').trim();

const NOW = '2026-11-22T12:00:00.000Z';
const saved: SavedSteps = Object.fromEntries(
  Object.entries(sampleInputs).map(([id, input]) => [id, { input, savedAt: NOW }]),
);

test('at least three hundred shapes', () => {
  expect(NAME_SHAPES.length).toBeGreaterThanOrEqual(300);
});

test.each(['firstName', 'middleName', 'lastName', 'lastName2'] as const)(
  'every shape is taken as %s and goes out in one spelling',
  (field) => {
    for (const name of NAME_SHAPES) {
      const identity = { input: { ...sampleInputs.identity, [field]: ` ${name} ` }, savedAt: NOW };
      const progress = getJourneyProgress({ ...saved, identity }, sampleContext, NOW);
      expect(progress.firstOpenStep, name).toBe('review');
      const request = buildSessionLinkRequest(progress, {
        lang: 'es',
        spelling: sampleSpelling,
        callLocation: undefined,
      });
      expect(request[field]).toBe(normalizeName(name));
    }
  },
);

test('every shape is taken as the name on a card', () => {
  for (const name of NAME_SHAPES) {
    const { addCardParams } = sampleInputs.card;
    const card = { input: { addCardParams: { ...addCardParams, nameOnCard: name } }, savedAt: NOW };
    const progress = getJourneyProgress({ ...saved, card }, sampleContext, NOW);
    expect(progress.answers.card?.addCardParams.nameOnCard, name).toBe(normalizeName(name));
  }
});
