/** Texts of a form by field name; groups are nested (`dob.day` is `{ dob: { day } }`). */
export type FormInput = { [name: string]: string | FormInput };

/** The value of a ticked checkbox. */
export const CHECKBOX_VALUE = 'yes';

/** First message key of each field, by field name. */
export type FieldErrors = Record<string, string>;

/**
 * Reads the named fields of a posted form. Names come from a step, never from the request; a missing value or a file
 * becomes an empty text.
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

/** Returns the text of a field, empty when there is none. */
export function getFieldText(input: FormInput, name: string): string {
  let value: string | FormInput | undefined = input;
  for (const part of name.split('.')) value = typeof value === 'object' ? value[part] : undefined;
  return typeof value === 'string' ? value : '';
}

/** Returns the first message of each field in the issues of a failed parse. */
export function toFieldErrors(issues: readonly { path: PropertyKey[]; message: string }[]): FieldErrors {
  const errors: FieldErrors = {};
  for (const { path, message } of issues) errors[path.map(String).join('.')] ??= message;
  return errors;
}

/** Returns a copy of the form with each text replaced by `change`. */
export function mapTexts(input: FormInput, change: (name: string, text: string) => string, prefix = ''): FormInput {
  const mapped = Object.entries(input).map(([key, value]) => {
    const name = prefix + key;
    return [key, typeof value === 'string' ? change(name, value) : mapTexts(value, change, `${name}.`)] as const;
  });
  return Object.fromEntries(mapped);
}

/** Hidden field with the errors that the page shows. */
export const SHOWN_ERRORS_FIELD = 'shownErrors';

/** Serialises errors for the hidden field. */
export const writeErrors = (errors: FieldErrors): string => new URLSearchParams(errors).toString();

/** Reads the errors that the page of a posted form showed, of these fields only. */
export const readShownErrors = (form: { get(name: string): unknown }, names: readonly string[]): FieldErrors =>
  readErrors(String(form.get(SHOWN_ERRORS_FIELD) ?? ''), names);

export function readErrors(text: string, names: readonly string[]): FieldErrors {
  const entries = [...new URLSearchParams(text)];
  return Object.fromEntries(entries.filter(([name, key]) => names.includes(name) && /^[\w.-]{1,60}$/.test(key)));
}

export const isEmpty = (input: FormInput): boolean =>
  Object.values(input).every((value) => (typeof value === 'string' ? value === '' : isEmpty(value)));
