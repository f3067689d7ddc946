/** The area of a postal code. As in the vendor's example, `city` is a settlement and `address3` the municipality. */
export type PostalArea = {
  /** Five digits. */
  code: string;
  /** Short name, such as `CDMX`. */
  state: string;
  municipality: string;
  /** Names of the colonias, towns and other settlements, in alphabetical order. */
  settlements: readonly string[];
};

/** The operator has a table of postal codes; the area is the one of the saved code. */
export type SavedPostalArea = { area: PostalArea | undefined };

/** Value of `city` for a settlement that is not in the list. The customer then writes it into `otherCity`. */
export const OTHER_CITY_VALUE = '*';
