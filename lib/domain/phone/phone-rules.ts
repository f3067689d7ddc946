/**
 * What a mobile number of one country is (ITU-T E.164; the vendor asks for a mobile). Plain data: the server reads it from
 * its library's metadata, and the browser receives it for the offered countries.
 */
export type PhoneRules = {
  /** ISO 3166-1 alpha-2. */
  country: string;
  callingCode: string;
  /** Pattern of a whole national number, without what is dialed before it. */
  mobilePattern: string;
  /** Pattern of what people dial before a national number, and what replaces it, `$1` for one of its groups. */
  trunkPrefix?: string | undefined;
  trunkReplacement?: string | undefined;
  /** What begins every mobile number and people leave out, since they do not dial it. */
  mobilePrefix?: string | undefined;
  /** A national number that belongs to nobody, as people of the country write it. */
  example: string;
};
