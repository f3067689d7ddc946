import { expect, test } from 'vitest';
import { isBlankStamp } from '../../domain/form-stamp.ts';
import { createCase, createDraft, createSavedSteps, createSubmission } from '../../store/test-people.ts';
import { setUpTestStore } from '../../store/test-store.ts';
import { findJourney } from './find-journey.ts';
import { createTokenMark } from './form-check.ts';

setUpTestStore();

const find = (draftToken: string | undefined) =>
  findJourney({ draftToken, deviceCase: undefined, clientIp: '203.0.113.1' });

test('without a draft, or with one that has expired, the journey is empty and its form is blank', async () => {
  for (const token of [undefined, 'expired']) {
    const journey = await find(token);
    expect(journey).toMatchObject({
      draft: undefined,
      content: { steps: {} },
      progress: { firstOpenStep: 'identity' },
    });
    expect(isBlankStamp({ subject: journey.subject, seen: '-' })).toBe(true);
  }
});

test('with a draft, the journey has its answers and its latest submission', async () => {
  const { token, draft } = await createDraft({ steps: createSavedSteps() });
  await createSubmission(draft, 'refused');
  const journey = await find(token);
  expect(journey).toMatchObject({ draft, submission: { state: 'refused' }, refusal: 'phone', isHandedOver: false });
  expect(journey.subject).toBe(createTokenMark(token));
});

test('a device with a case is handed over', async () => {
  const deviceCase = await createCase();
  const device = { draftToken: deviceCase.customer.token, deviceCase, clientIp: '203.0.113.1' };
  expect(await findJourney(device)).toMatchObject({ isHandedOver: true });
});
