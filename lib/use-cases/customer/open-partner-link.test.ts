import { expect, test, vi } from 'vitest';
import type { PartnerLink } from '../../partner-link/open-link.ts';
import { createDraft, createPhone, createSavedSteps, createSubmission, readDraft } from '../../store/test-people.ts';
import { setUpTestStore } from '../../store/test-store.ts';
import { createTokenMark } from './form-check.ts';
import { openPartnerLink } from './open-partner-link.ts';

const opened = { result: { refused: 'expired' } as { link: PartnerLink } | { refused: string } };
const keys = { value: {} as object | undefined };
vi.mock('../../partner-link/keys.ts', () => ({ getLinkKeys: () => keys.value }));
vi.mock('../../partner-link/open-link.ts', () => ({ openLink: async () => opened.result }));

setUpTestStore();

let linkCount = 0;
function setLink(phoneNumber: string, lang?: 'en'): void {
  opened.result = {
    link: {
      id: `link-${++linkCount}`,
      expiresAt: new Date(Date.now() + 60_000),
      lang,
      reference: `order-${linkCount}`,
      returnUrl: 'https://shop.example/cart',
      texts: new Map([['phoneNumber', phoneNumber]]),
      locked: [],
      confirm: [],
    },
  };
}
const unconfirmed = { isConfirmed: false, stamp: undefined };

test('a link starts a journey once', async () => {
  setLink('+525512340001', 'en');
  const result = await openPartnerLink('token', undefined, unconfirmed);
  expect(result).toMatchObject({ kind: 'started', next: 'identity', lang: 'en' });
  const { content } = await readDraft(result.kind === 'started' ? result.token : '');
  expect(content.partner).toMatchObject({ reference: 'order-1', returnUrl: 'https://shop.example/cart' });
  expect(await openPartnerLink('token', undefined, unconfirmed)).toEqual({ kind: 'rejected', lang: 'en' });
});

test('a link that cannot be opened, or a deployment without keys, is rejected', async () => {
  opened.result = { refused: 'expired' };
  expect(await openPartnerLink('token', undefined, unconfirmed)).toEqual({ kind: 'rejected', lang: undefined });
  setLink('+525512340002');
  keys.value = undefined;
  expect(await openPartnerLink('token', undefined, unconfirmed)).toEqual({ kind: 'rejected', lang: undefined });
  keys.value = {};
});

test('a used link leads to the result in the browser whose application has ended, and nowhere else', async () => {
  const { token, draft } = await createDraft({ steps: createSavedSteps(createPhone()) });
  await createSubmission(draft, 'succeeded');
  setLink(createPhone());
  await openPartnerLink('token', undefined, unconfirmed);
  expect(await openPartnerLink('token', token, unconfirmed)).toMatchObject({ kind: 'started', token, next: 'outcome' });
  expect(await openPartnerLink('token', undefined, unconfirmed)).toMatchObject({ kind: 'rejected' });
});

test('the application of another person is replaced only by a confirmation of its own page', async () => {
  const { token } = await createDraft({ steps: createSavedSteps(createPhone()) });
  setLink('+525512340003');
  const stamp = { subject: createTokenMark(token), seen: '-' };
  const otherStamp = { subject: createTokenMark('another'), seen: '-' };
  const asks = { kind: 'asks', next: 'review' };
  expect(await openPartnerLink('token', token, { isConfirmed: false, stamp })).toMatchObject(asks);
  expect(await openPartnerLink('token', token, { isConfirmed: true, stamp: otherStamp })).toMatchObject(asks);
  const result = await openPartnerLink('token', token, { isConfirmed: true, stamp });
  expect(result).toMatchObject({ kind: 'started', token: expect.not.stringMatching(token) });
  expect((await readDraft(token)).content.steps).toHaveProperty('identity');
});

test('the phone is shown as people write it, and one that is no phone as the partner wrote it', async () => {
  const openWithPhone = async (phone: string) => {
    setLink(phone);
    const result = await openPartnerLink('token', undefined, unconfirmed);
    const { content } = await readDraft(result.kind === 'started' ? result.token : '');
    return content.typed?.identity?.input['phoneNumber'];
  };
  expect(await openWithPhone('+5215512340004')).toBe('+52 55 1234 0004');
  expect(await openWithPhone('123')).toBe('123');
});
