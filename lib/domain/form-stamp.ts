import type { FormInput } from './form-input.ts';
import type { SavedSteps } from './journey.ts';
import type { StepId } from './steps/index.ts';

/**
 * States about whom a form was drawn and which answers it showed, so that a form from another tab is not filed where it does not
 * belong. It is no secret and grants nothing.
 */
export type FormStamp = {
  /** A mark of the draft, hand-over or request for help that the form is about; of a blank form, a mark of the form itself. */
  subject: string;
  /** A mark of the answers that the form showed; `NONE` when it showed none. */
  seen: string;
};

/** The hidden field of the stamp. */
export const STAMP_FIELD = 'stamp';

/** The field of a form that is posted while its page goes away: nothing reads the answer. */
export const IN_BACKGROUND_FIELD = 'inBackground';

/** In place of a mark: there was nothing to mark. */
export const NO_MARK = '-';

/** In place of the mark of answers: the form may be about another person, so that it is outdated whatever it showed. */
export const OTHER_PERSON_MARK = 'another';

/** Characters of an id that are enough to tell two apart on one device. */
const MARK_LENGTH = 12;
const MARK_PATTERN = /^[\w-]{1,24}$/;
const BLANK_PREFIX = 'n';
const REPLACEMENT_PREFIX = 'r';

/** @param id of what a form is about: a hash or a random id */
export const buildIdMark = (id: string | undefined): string =>
  id === undefined ? NO_MARK : `d${id.slice(0, MARK_LENGTH)}`;

/** @param random that no other form has */
export const buildBlankMark = (random: string): string => BLANK_PREFIX + random.slice(0, MARK_LENGTH);

/** @param subject the mark of the draft that the form replaces, as its customer was told */
export const buildReplacementMark = (subject: string): string => REPLACEMENT_PREFIX + subject;

export const isBlankStamp = (stamp: FormStamp | undefined): boolean => stamp?.subject.startsWith(BLANK_PREFIX) ?? false;

export const writeStamp = (subject: string, answerMark = NO_MARK): string => `${subject}.${answerMark}`;

/** @returns undefined for what no page of ours wrote: forms of the version before have no stamp */
export function readStamp(value: unknown): FormStamp | undefined {
  const [subject, answerMark, ...extraParts] = typeof value === 'string' ? value.split('.') : [];
  if (subject === undefined || answerMark === undefined || extraParts.length > 0) return undefined;
  return MARK_PATTERN.test(subject) && MARK_PATTERN.test(answerMark) ? { subject, seen: answerMark } : undefined;
}

/** What is known of a form before its answers are read. */
export type FormOrigin =
  | 'current'
  /** It was blank, and an application was begun since from another page: of the same person or of another. */
  | 'unknown'
  /** The customer was told of that application and begins a new one in its place. */
  | 'replacing'
  /** It is about an application that is not the one of this browser any more. */
  | 'another';

/**
 * Finds out about whom a form was drawn.
 *
 * @param currentMark the mark of what a form would be about if it was drawn now, `NONE` when there is nothing yet
 * @param initialMark the mark of the blank form that the present draft was begun with
 */
export function findFormOrigin(
  stamp: FormStamp | undefined,
  currentMark: string,
  initialMark: string | undefined,
): FormOrigin {
  if (!stamp || stamp.subject === currentMark) return 'current';
  if (stamp.subject === buildReplacementMark(currentMark)) return 'replacing';
  if (isBlankStamp(stamp)) return currentMark === NO_MARK || initialMark === stamp.subject ? 'current' : 'unknown';
  // A page about nothing, such as one that asks for a code, may be overtaken by another tab.
  return stamp.subject === NO_MARK ? 'unknown' : 'another';
}

/** Marks the saved answer of a step, which the step's form shows. */
export const buildAnswerMark = (savedSteps: SavedSteps, step: StepId): string => {
  const savedAt = savedSteps[step]?.savedAt;
  return savedAt === undefined ? NO_MARK : `a${Date.parse(savedAt).toString(36)}`;
};

/** Marks all answers of a draft, which a form that sends them shows. */
export const buildVersionMark = (version = 0): string => `v${version}`;

/**
 * Whether an answer that a form showed has changed since. A form that says what is saved already is never outdated: it is the
 * second press of one button.
 *
 * @param answerMark the mark in the form's stamp; undefined when it has none
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
