/**
 * Names of the values that a document or a wallet can provide: the fields of the identity and address forms, except that `dob` is one
 * date, `YYYY-MM-DD`. `birthState` is an ISO 3166-2 code, `gender` and `countryCode` are the vendor's values.
 */
export const PERSON_FIELDS = [
  'firstName',
  'middleName',
  'lastName',
  'lastName2',
  'oneSurname',
  'dob',
  'gender',
  'birthState',
  'address1',
  'address2',
  'city',
  'state',
  'zipCode',
  'countryCode',
] as const;
export type PersonField = (typeof PERSON_FIELDS)[number];

/** The values of which a source is certain. A value that could be wrong is left out. */
export type PersonFields = Partial<Record<PersonField, string>>;

/**
 * Why nothing was filled. `unknown`: the code belongs to no document that we read. `addressOnly`: the INE card's code has only an
 * address of a web page. `damaged`: the code contradicts its check digit or itself.
 */
export type DocumentProblem = 'unknown' | 'addressOnly' | 'damaged';
export type DocumentReading = { kind: 'read'; fields: PersonFields } | { kind: DocumentProblem };

/** Removes empty values. */
export const withoutEmpty = (fields: Partial<Record<PersonField, string | undefined>>): PersonFields =>
  Object.fromEntries(Object.entries(fields).filter(([, text]) => text)) as PersonFields;

/** Returns a date as `YYYY-MM-DD`; undefined when the calendar does not have it or no living person was born then. */
export function toBirthDate(year: string, month: string, day: string): string | undefined {
  const iso = `${year}-${month}-${day}`;
  const date = new Date(`${iso}T00:00:00Z`);
  const isReal = /^(19|20)\d\d-\d\d-\d\d$/.test(iso) && !Number.isNaN(date.getTime());
  return isReal && date.toISOString().startsWith(iso) ? iso : undefined;
}
