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

/** Fields of one answer. The upstream's error about a name or an account is at one of its fields and means all of them. */
const GROUPS: readonly (readonly [RegExp, string])[] = [
  [/^dob\./, 'dob'],
  [/^(first|middle|last)Name2?$/, 'name'],
  [/^(paymentMethodType$|ubnParams\.)/, 'payment'],
];

const getGroup = (name: string): string => GROUPS.find(([pattern]) => pattern.test(name))?.[1] ?? name;
