import { afterEach, expect, test, vi } from 'vitest';
import { createDraft, createPhone, createSavedSteps, createSubmission } from '../../store/test-people.ts';
import { setUpTestStore } from '../../store/test-store.ts';
import { createTokenMark } from './form-check.ts';
import { createFrameExit, leaveFrame } from './leave-frame.ts';

const logged = vi.hoisted(() => [] as object[]);
vi.mock('../../observability/logger.ts', () => ({ log: (event: object) => void logged.push(event) }));

setUpTestStore();
afterEach(() => {
  vi.useRealTimers();
  logged.splice(0);
});

const unconfirmed = { isConfirmed: false, stamp: undefined };
const createFilledDraft = () => createDraft({ steps: createSavedSteps(createPhone()) });

test('a draft leaves the frame once, and a second press finds it in the window', async () => {
  const { token } = await createFilledDraft();
  const exit = createFrameExit(token);
  expect(exit).not.toContain(token);
  const left = { kind: 'left', token, next: 'review' };
  expect(await leaveFrame(exit, undefined, unconfirmed)).toEqual(left);
  expect(await leaveFrame(exit, token, unconfirmed)).toEqual(left);
  expect(await leaveFrame(exit, undefined, unconfirmed)).toEqual({ kind: 'rejected' });
  expect(logged).toEqual([{ event: 'frame.left' }, { event: 'frame.exit-refused', cause: 'used before' }]);
});

test('a journey that is not complete continues with its first open step, a submitted one with its result', async () => {
  const { token: emptyToken } = await createDraft({ steps: {} });
  expect(await leaveFrame(createFrameExit(emptyToken), undefined, unconfirmed)).toMatchObject({ next: 'identity' });
  const { token, draft } = await createFilledDraft();
  await createSubmission(draft, 'succeeded');
  expect(await leaveFrame(createFrameExit(token), undefined, unconfirmed)).toMatchObject({ next: 'outcome' });
});

test('another application of the window is replaced only by a confirmation of its own page; until then the exit works', async () => {
  const [framed, present] = [await createFilledDraft(), await createFilledDraft()];
  const exit = createFrameExit(framed.token);
  const stamp = { subject: createTokenMark(present.token), seen: '-' };
  const otherStamp = { subject: createTokenMark('another'), seen: '-' };
  for (const confirmation of [unconfirmed, { isConfirmed: true, stamp: otherStamp }])
    expect(await leaveFrame(exit, present.token, confirmation)).toEqual({ kind: 'asks', next: 'review' });
  expect(await leaveFrame(exit, present.token, { isConfirmed: true, stamp })).toMatchObject({
    kind: 'left',
    token: framed.token,
  });
});

test('an application of the window without an answer is replaced without a question', async () => {
  const [framed, blank] = [await createFilledDraft(), await createDraft({ steps: {} })];
  expect(await leaveFrame(createFrameExit(framed.token), blank.token, unconfirmed)).toMatchObject({ kind: 'left' });
});

test('a changed, an invented and an old exit, and one of a deleted draft, are refused', async () => {
  const { token } = await createFilledDraft();
  const exit = createFrameExit(token);
  const changed = exit.slice(0, -2) + (exit.endsWith('AA') ? 'BB' : 'AA');
  for (const value of ['', 'x', 'local.AAAA', changed])
    expect(await leaveFrame(value, undefined, unconfirmed)).toEqual({ kind: 'rejected' });
  expect(await leaveFrame(createFrameExit('no draft'), undefined, unconfirmed)).toEqual({ kind: 'rejected' });
  vi.useFakeTimers({ now: Date.now() + 13 * 3_600_000, toFake: ['Date'] });
  expect(await leaveFrame(exit, undefined, unconfirmed)).toEqual({ kind: 'rejected' });
  expect(logged).toEqual(
    ['not of this server', 'not of this server', 'not of this server', 'not of this server', 'no draft', 'expired'].map(
      (cause) => ({ event: 'frame.exit-refused', cause }),
    ),
  );
});
