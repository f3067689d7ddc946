import { expect, test } from 'vitest';
import { buildReplacementMark } from '../../domain/form-stamp.ts';
import { createDraft } from '../../store/test-people.ts';
import { setUpTestStore } from '../../store/test-store.ts';
import {
  checkForm,
  checkTokenForm,
  createDraftFormMark,
  createTokenMark,
  findBlankFormMark,
  getPathAfterCookie,
  getPathAfterOutdatedForm,
} from './form-check.ts';

setUpTestStore();

const createStamp = (subject: string) => ({ subject, seen: '-' });

test('a form of the browser’s draft is current, and one of another draft is not', async () => {
  const [own, other] = [await createDraft(), await createDraft()];
  expect(createDraftFormMark(own.draft)).toBe(createTokenMark(own.token));
  expect(await checkForm(createStamp(createTokenMark(own.token)), own.token)).toBe('current');
  expect(await checkForm(createStamp(createTokenMark(other.token)), own.token)).toBe('another');
  expect(await checkForm(createStamp(createTokenMark(own.token)), undefined)).toBe('another');
});

test('a blank form is current for no draft and for the draft that it began, and unknown for any other', async () => {
  const blank = createDraftFormMark(undefined);
  const [begun, other] = [await createDraft({ steps: {}, begunBy: blank }), await createDraft()];
  expect(await checkForm(createStamp(blank), undefined)).toBe('current');
  expect(await checkForm(createStamp(blank), begun.token)).toBe('current');
  expect(await checkForm(createStamp(blank), other.token)).toBe('unknown');
  expect(await checkForm(createStamp(blank), 'an expired token')).toBe('current');
});

test('a form whose customer chose to replace the draft replaces that draft only', async () => {
  const [own, other] = [await createDraft(), await createDraft()];
  const stamp = createStamp(buildReplacementMark(createTokenMark(own.token)));
  expect(await checkForm(stamp, own.token)).toBe('replacing');
  expect(await checkForm(stamp, other.token)).toBe('another');
});

test('a form of a hand-over belongs to the token in its cookie', () => {
  expect(checkTokenForm(createStamp(createTokenMark('t1')), 't1')).toBe('current');
  expect(checkTokenForm(createStamp(createTokenMark('t1')), 't2')).toBe('another');
  expect(checkTokenForm(createStamp(createTokenMark('t1')), undefined)).toBe('another');
});

test('two blank forms have different marks, and only a blank form has one to begin a draft with', () => {
  const blank = createDraftFormMark(undefined);
  expect(createDraftFormMark(undefined)).not.toBe(blank);
  expect(findBlankFormMark(createStamp(blank))).toBe(blank);
  expect(findBlankFormMark(createStamp(createTokenMark('t1')))).toBeUndefined();
});

test('only a form of our pages from a browser without cookies leads through the check of cookies', () => {
  const stamp = createStamp('-');
  expect(getPathAfterCookie(stamp, '/es/continue', 0)).toBe('/cookies?to=%2Fes%2Fcontinue');
  expect(getPathAfterCookie(stamp, '/es/continue', 1)).toBe('/es/continue');
  expect(getPathAfterCookie(undefined, '/es/continue', 0)).toBe('/es/continue');
});

test('a form about something that this browser does not have leads to the present page, without any cookie to the page about cookies', () => {
  expect(getPathAfterOutdatedForm('es', '/es/continue/help', 2)).toBe('/es/continue/help');
  expect(getPathAfterOutdatedForm('es', '/es/continue/help', 0)).toBe('/es/cookies');
});
