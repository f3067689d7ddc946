import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  buildAnswerMark,
  buildBlankMark,
  buildIdMark,
  buildVersionMark,
  findFormOrigin,
  isOutdated,
  NO_MARK,
  readStamp,
  writeStamp,
} from './form-stamp.ts';

const id = fc.stringMatching(/^[\w-]{43}$/);
const savedAt = fc.date({ min: new Date('2026-01-01'), max: new Date('2100-01-01'), noInvalidDate: true });

describe('a stamp', () => {
  test('comes back as it was written, and nothing else is read as one', () => {
    fc.assert(
      fc.property(id, savedAt, (draft, time) => {
        const answerMark = buildAnswerMark({ identity: { input: {}, savedAt: time.toISOString() } }, 'identity');
        expect(readStamp(writeStamp(buildIdMark(draft), answerMark))).toEqual({
          subject: buildIdMark(draft),
          seen: answerMark,
        });
        expect(readStamp(writeStamp(buildBlankMark(draft)))).toEqual({ subject: buildBlankMark(draft), seen: NO_MARK });
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
      fc.property(id, id, (id1, id2) => {
        fc.pre(buildIdMark(id1) !== buildIdMark(id2));
        const stamp = { subject: buildIdMark(id1), seen: NO_MARK };
        expect(findFormOrigin(stamp, buildIdMark(id1), undefined)).toBe('current');
        expect(findFormOrigin(stamp, buildIdMark(id2), undefined)).toBe('another');
        expect(findFormOrigin(stamp, NO_MARK, undefined)).toBe('another');
      }),
    );
  });

  test('of a blank form is current until an application was begun with another form', () => {
    fc.assert(
      fc.property(id, id, id, (blank, other, draft) => {
        fc.pre(buildBlankMark(blank) !== buildBlankMark(other));
        const stamp = { subject: buildBlankMark(blank), seen: NO_MARK };
        expect(findFormOrigin(stamp, NO_MARK, undefined)).toBe('current');
        expect(findFormOrigin(stamp, buildIdMark(draft), buildBlankMark(blank))).toBe('current');
        expect(findFormOrigin(stamp, buildIdMark(draft), buildBlankMark(other))).toBe('unknown');
        expect(findFormOrigin(stamp, buildIdMark(draft), undefined)).toBe('unknown');
      }),
    );
  });

  test('of a form of the version before, which has no stamp, is current', () => {
    expect(findFormOrigin(undefined, buildIdMark('x'), undefined)).toBe('current');
  });
});

describe('a form is outdated', () => {
  const values = { firstName: 'Ana' };
  const draft = (version: number, time: string, input = { firstName: 'Bea' }) => ({
    version,
    content: { steps: { identity: { input, savedAt: time } } },
  });
  const [t1, t2] = ['2026-11-27T10:00:00.000Z', '2026-11-27T10:00:00.001Z'];
  const posted = { step: 'identity', values } as const;

  test('when its answer was saved since, and not when another one was', () => {
    const answerMark = buildAnswerMark(draft(1, t1).content.steps, 'identity');
    expect(isOutdated(answerMark, draft(2, t2), posted)).toBe(true);
    expect(isOutdated(answerMark, draft(9, t1), posted)).toBe(false);
    expect(isOutdated(NO_MARK, draft(1, t1), posted)).toBe(true);
    expect(isOutdated(NO_MARK, draft(1, t1), { step: 'address', values })).toBe(false);
  });

  test('never when it says what is saved already', () => {
    expect(isOutdated(NO_MARK, draft(1, t1, values), posted)).toBe(false);
    expect(isOutdated(buildVersionMark(1), draft(2, t1, values), posted)).toBe(false);
  });

  test('of all answers, when any of them was saved since', () => {
    expect(isOutdated(buildVersionMark(3), draft(3, t1), posted)).toBe(false);
    expect(isOutdated(buildVersionMark(3), draft(4, t1), posted)).toBe(true);
    expect(isOutdated(buildVersionMark(3), draft(5, t1, values), posted)).toBe(true);
  });

  test('never without a stamp or without a draft', () => {
    expect(isOutdated(undefined, draft(4, t1), posted)).toBe(false);
    expect(isOutdated(NO_MARK, undefined, posted)).toBe(false);
  });
});
