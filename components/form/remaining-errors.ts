import type { FieldErrors } from '@/lib/domain/form-input';

type Check = {
  shown: FieldErrors;
  /** The form's errors at the previous and at the current check. */
  previous: FieldErrors;
  current: FieldErrors;
  /** The names of the fields that the customer has changed in between. */
  changed: readonly string[];
};

/**
 * Returns the shown errors that still apply, or the same object when all do. An error is corrected when the form no longer has it.
 * The form never has the upstream's errors, so such an error is corrected when its field changes.
 */
export function findRemainingErrors({ shown, previous, current, changed }: Check): FieldErrors {
  const groups = changed.map(getGroup);
  const isCorrected = (name: string) =>
    current[name] === undefined && (previous[name] !== undefined || groups.includes(getGroup(name)));
  const names = Object.keys(shown).filter((name) => !isCorrected(name));
  if (names.length === Object.keys(shown).length) return shown;
  return Object.fromEntries(names.map((name) => [name, shown[name] ?? '']));
}

/**
 * Fields of one answer have one group, by the first letters of their names. The upstream's error is at one of them and means all: a name,
 * a date, a phone number with its country, or an account and the choice of it.
 */
const getGroup = (name: string): string =>
  name
    .slice(0, 3)
    .replace(/fir|mid|las/, 'name')
    .replace('pay', 'ubn');
