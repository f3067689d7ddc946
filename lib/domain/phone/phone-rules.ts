/**
 * Rules for mobile numbers of one country (ITU-T E.164; the vendor asks for a mobile). Plain data: the server reads it from
 * libphonenumber's metadata and sends it to the browser for the offered countries.
 */
export type PhoneRules = {
  /** ISO 3166-1 alpha-2. */
  country: string;
  callingCode: string;
  /** Pattern of a whole national number, without the trunk prefix. */
  mobilePattern: string;
  /** Pattern of the trunk prefix, and its replacement (`$1` for a group). */
  trunkPrefix?: string | undefined;
  trunkReplacement?: string | undefined;
  /** Begins every mobile number; people leave it out because they do not dial it. */
  mobilePrefix?: string | undefined;
  /** An unassigned national number in the country's format. */
  example: string;
};
