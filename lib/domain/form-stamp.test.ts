import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  findOrigin,
  isOutdated,
  markAnswer,
  markBlank,
  markId,
  markVersion,
  NONE,
  readStamp,
  writeStamp,
} from './form-stamp.ts';

const id = fc.stringMatching(/^[\w-]{43}$/);
const savedAt = fc.date({ min: new Date('2026-01-01'), max: new Date('2100-01-01'), noInvalidDate: true });

describe('a stamp', () => {
  test('comes back as it was written, and nothing else is read as one', () => {
    fc.assert(
      fc.property(id, savedAt, (draft, at) => {
        const seen = markAnswer({ identity: { input: {}, savedAt: at.toISOString() } }, 'identity');
        expect(readStamp(writeStamp(markId(draft), seen))).toEqual({ subject: markId(draft), seen });
        expect(readStamp(writeStamp(markBlank(draft)))).toEqual({ subject: markBlank(draft), seen: NONE });
      }),
    );
    for (const value of [
      undefined,
      null,
      '',
      'a',
      'a.b.c',
      'a.',
      '.b',
      'a b.c',
      new File([], 'a.b'),
      `${'a'.repeat(25)}.b`,
    ]) {
      expect(readStamp(value)).toBeUndefined();
    }
  });
});

describe('the origin of a form', () => {
  test('is current for its own draft, and another for any other or none', () => {
    fc.assert(
      fc.property(id, id, (one, other) => {
        fc.pre(markId(one) !== markId(other));
        const stamp = { subject: markId(one), seen: NONE };
        expect(findOrigin(stamp, markId(one), undefined)).toBe('current');
        expect(findOrigin(stamp, markId(other), undefined)).toBe('another');
        expect(findOrigin(stamp, NONE, undefined)).toBe('another');
      }),
    );
  });

  test('of a blank form is current until an application was begun with another form', () => {
    fc.assert(
      fc.property(id, id, id, (blank, other, draft) => {
        fc.pre(markBlank(blank) !== markBlank(other));
        const stamp = { subject: markBlank(blank), seen: NONE };
        expect(findOrigin(stamp, NONE, undefined)).toBe('current');
        expect(findOrigin(stamp, markId(draft), markBlank(blank))).toBe('current');
        expect(findOrigin(stamp, markId(draft), markBlank(other))).toBe('unknown');
        expect(findOrigin(stamp, markId(draft), undefined)).toBe('unknown');
      }),
    );
  });

  test('of a form of the version before, which has no stamp, is current', () => {
    expect(findOrigin(undefined, markId('x'), undefined)).toBe('current');
  });
});

describe('a form is outdated', () => {
  const values = { firstName: 'Ana' };
  const draft = (version: number, at: string, input = { firstName: 'Bea' }) => ({
    version,
    content: { steps: { identity: { input, savedAt: at } } },
  });
  const [t1, t2] = ['2026-11-27T10:00:00.000Z', '2026-11-27T10:00:00.001Z'];
  const posted = { step: 'identity', values } as const;

  test('when its answer was saved since, and not when another one was', () => {
    const seen = markAnswer(draft(1, t1).content.steps, 'identity');
    expect(isOutdated(seen, draft(2, t2), posted)).toBe(true);
    expect(isOutdated(seen, draft(9, t1), posted)).toBe(false);
    expect(isOutdated(NONE, draft(1, t1), posted)).toBe(true);
    expect(isOutdated(NONE, draft(1, t1), { step: 'address', values })).toBe(false);
  });

  test('never when it says what is saved already', () => {
    expect(isOutdated(NONE, draft(1, t1, values), posted)).toBe(false);
    expect(isOutdated(markVersion(1), draft(2, t1, values), posted)).toBe(false);
  });

  test('of all answers, when any of them was saved since', () => {
    expect(isOutdated(markVersion(3), draft(3, t1), posted)).toBe(false);
    expect(isOutdated(markVersion(3), draft(4, t1), posted)).toBe(true);
    expect(isOutdated(markVersion(3), draft(5, t1, values), posted)).toBe(true);
  });

  test('never without a stamp or without a draft', () => {
    expect(isOutdated(undefined, draft(4, t1), posted)).toBe(false);
    expect(isOutdated(NONE, undefined, posted)).toBe(false);
  });
});
