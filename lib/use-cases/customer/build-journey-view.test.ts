import { expect, test } from 'vitest';
import { createCase, createDraft } from '../../store/test-people.ts';
import { setUpTestStore } from '../../store/test-store.ts';
import { buildBrandView, buildJourneyView } from './build-journey-view.ts';
import { findJourney } from './find-journey.ts';
import { createTokenMark } from './form-check.ts';

setUpTestStore();

test('the view has the paths of its language and stamps of its draft', async () => {
  const { token } = await createDraft();
  const journey = await findJourney({ draftToken: token, deviceCase: undefined, clientIp: '' });
  const view = buildJourneyView(journey, 'en', false);
  expect(view).toMatchObject({ home: '/en', helpPath: '/en/continue/help', canStartOver: true, version: 1 });
  expect(view.getPath('review')).toBe('/en/onboarding/review');
  expect(view.getPartialPath('identity')).toBe('/en/onboarding/identity/typed');
  expect(view.createStamp('v1')).toBe(`${createTokenMark(token)}.v1`);
});

test('a customer whom an agent helps is not offered help', async () => {
  const deviceCase = await createCase();
  const journey = await findJourney({ draftToken: deviceCase.customer.token, deviceCase, clientIp: '' });
  expect(buildJourneyView(journey, 'es', false).helpPath).toBeUndefined();
});

test('a page in a partner’s frame offers no help by an agent', async () => {
  const journey = await findJourney({ draftToken: undefined, deviceCase: undefined, clientIp: '' });
  expect(buildJourneyView(journey, 'es', true)).toMatchObject({ isFramed: true, helpPath: undefined });
});

test('the consent text is in the language of the page', () => {
  expect(buildBrandView('en').consent).not.toEqual(buildBrandView('es').consent);
  expect(buildBrandView('en').consent.version).toBe(buildBrandView('es').consent.version);
});
