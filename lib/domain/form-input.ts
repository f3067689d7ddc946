/** What a form holds: texts under names, a group's one level deeper (`dob.day` is `{ dob: { day } }`). */
export type FormInput = { [name: string]: string | FormInput };

/** Errors of a form: the first message key of each field, by field name. */
export type FieldErrors = Record<string, string>;

/**
 * Takes the named fields out of a posted form and nothing else. Names come from a step, never from outside; values
 * that are missing or not text (files) are empty, so that what is read always has the shape of the step.
 */
export function readForm(form: { get(name: string): unknown }, names: readonly string[]): FormInput {
  const input: FormInput = {};
  for (const name of names) {
    const value = form.get(name);
    const path = name.split('.');
    const last = path.pop() ?? name;
    let group = input;
    for (const part of path) {
      const next = group[part];
      const inner: FormInput = typeof next === 'object' ? next : {};
      group[part] = inner;
      group = inner;
    }
    group[last] = typeof value === 'string' ? value : '';
  }
  return input;
}

/** The text of one field, empty when there is none. */
export function getFieldText(input: FormInput, name: string): string {
  let value: string | FormInput | undefined = input;
  for (const part of name.split('.')) value = typeof value === 'object' ? value[part] : undefined;
  return typeof value === 'string' ? value : '';
}

/** The first message of each field, from the issues of a failed parse. */
export function toFieldErrors(issues: readonly { path: PropertyKey[]; message: string }[]): FieldErrors {
  const errors: FieldErrors = {};
  for (const { path, message } of issues) errors[path.map(String).join('.')] ??= message;
  return errors;
}

/** The form with some of its texts changed. */
export function mapTexts(input: FormInput, change: (name: string, text: string) => string, prefix = ''): FormInput {
  const mapped = Object.entries(input).map(([key, value]) => {
    const name = prefix + key;
    return [key, typeof value === 'string' ? change(name, value) : mapTexts(value, change, `${name}.`)] as const;
  });
  return Object.fromEntries(mapped);
}

/** The hidden field that tells which errors the page shows. */
export const SHOWN_ERRORS_FIELD = 'shownErrors';

/** The errors that a page shows, as its form posts them along: message keys by field name, of these fields only. */
export const writeErrors = (errors: FieldErrors): string => new URLSearchParams(errors).toString();

/** The errors that a posted form says its page showed, of these fields only. */
export const readShownErrors = (form: { get(name: string): unknown }, names: readonly string[]): FieldErrors =>
  readErrors(String(form.get(SHOWN_ERRORS_FIELD) ?? ''), names);

export function readErrors(text: string, names: readonly string[]): FieldErrors {
  const entries = [...new URLSearchParams(text)];
  return Object.fromEntries(entries.filter(([name, key]) => names.includes(name) && /^[\w.-]{1,60}$/.test(key)));
}

/** Whether nothing is filled in. */
export const isEmpty = (input: FormInput): boolean =>
  Object.values(input).every((value) => (typeof value === 'string' ? value === '' : isEmpty(value)));
