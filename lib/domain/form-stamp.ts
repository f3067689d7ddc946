import type { FormInput } from './form-input.ts';
import type { SavedSteps } from './journey.ts';
import type { StepId } from './steps/index.ts';

/**
 * Identifies the application for which a form was rendered and the answers that it showed, so that a form of another tab
 * is not saved in the wrong draft. It is not a secret and grants nothing.
 */
export type FormStamp = {
  /** Mark of the form's draft, hand-over or help request; a blank form has a mark of its own. */
  subject: string;
  /** Mark of the answers that the form showed, or `NO_MARK`. */
  seen: string;
};

export const STAMP_FIELD = 'stamp';

/** Field of a form that the browser posts while its page closes: nothing reads the answer. */
export const IN_BACKGROUND_FIELD = 'inBackground';

export const NO_MARK = '-';

/** Replaces the mark of answers when the form may be about another person: it is always outdated. */
export const OTHER_PERSON_MARK = 'another';

/** Characters of an id that distinguish two ids on one device. */
const MARK_LENGTH = 12;
const MARK_PATTERN = /^[\w-]{1,24}$/;
const BLANK_PREFIX = 'n';
const REPLACEMENT_PREFIX = 'r';

/** @param id of the form's subject: a hash or a random id */
export const buildIdMark = (id: string | undefined): string =>
  id === undefined ? NO_MARK : `d${id.slice(0, MARK_LENGTH)}`;

/** @param random text that no other form has */
export const buildBlankMark = (random: string): string => BLANK_PREFIX + random.slice(0, MARK_LENGTH);

/** @param subject mark of the draft that the form replaces after the notice */
export const buildReplacementMark = (subject: string): string => REPLACEMENT_PREFIX + subject;

export const isBlankStamp = (stamp: FormStamp | undefined): boolean => stamp?.subject.startsWith(BLANK_PREFIX) ?? false;

export const writeStamp = (subject: string, answerMark = NO_MARK): string => `${subject}.${answerMark}`;

/** @returns undefined for any text that no page of ours wrote; forms of the previous version have no stamp */
export function readStamp(value: unknown): FormStamp | undefined {
  const [subject, answerMark, ...extraParts] = typeof value === 'string' ? value.split('.') : [];
  if (subject === undefined || answerMark === undefined || extraParts.length > 0) return undefined;
  return MARK_PATTERN.test(subject) && MARK_PATTERN.test(answerMark) ? { subject, seen: answerMark } : undefined;
}

/** Relation of a form to the browser's present application, known before its answers are read. */
export type FormOrigin =
  | 'current'
  /** The form was blank, and another page has begun an application since, of the same or another person. */
  | 'unknown'
  /** The customer has seen the notice about that application and begins a new one in its place. */
  | 'replacing'
  /** The form's application is no longer the one of this browser. */
  | 'another';

/**
 * Compares a form's stamp with the browser's present application.
 *
 * @param currentMark mark that a form would get now; `NO_MARK` when there is no draft
 * @param initialMark mark of the blank form with which the present draft began
 */
export function findFormOrigin(
  stamp: FormStamp | undefined,
  currentMark: string,
  initialMark: string | undefined,
): FormOrigin {
  if (!stamp || stamp.subject === currentMark) return 'current';
  if (stamp.subject === buildReplacementMark(currentMark)) return 'replacing';
  if (isBlankStamp(stamp)) return currentMark === NO_MARK || initialMark === stamp.subject ? 'current' : 'unknown';
  // Another tab may have begun an application after a page without one, such as the page for a code.
  return stamp.subject === NO_MARK ? 'unknown' : 'another';
}

/** Returns the mark of a step's saved answer, which the step's form shows. */
export const buildAnswerMark = (savedSteps: SavedSteps, step: StepId): string => {
  const savedAt = savedSteps[step]?.savedAt;
  return savedAt === undefined ? NO_MARK : `a${Date.parse(savedAt).toString(36)}`;
};

/** Returns the mark of all answers of a draft, which the review form shows. */
export const buildVersionMark = (version = 0): string => `v${version}`;

/**
 * Tells whether an answer that the form showed has changed since. A form that equals the saved answer is never outdated: it
 * is the second post of a double click.
 *
 * @param answerMark mark in the form's stamp, if it has one
 */
export function isOutdated(
  answerMark: string | undefined,
  draft: { version: number; content: { steps: SavedSteps } } | undefined,
  { step, values }: { step: StepId; values: FormInput },
): boolean {
  if (answerMark === undefined || !draft) return false;
  const { version, content } = draft;
  const savedInput = content.steps[step]?.input;
  const isSaved = savedInput !== undefined && JSON.stringify(savedInput) === JSON.stringify(values);
  if (!answerMark.startsWith('v')) return answerMark !== buildAnswerMark(content.steps, step) && !isSaved;
  return answerMark !== buildVersionMark(version) && !(isSaved && answerMark === buildVersionMark(version - 1));
}
