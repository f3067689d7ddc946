/** Longest texts of fields, in UTF-16 units. The vendor publishes no lengths. These exclude nonsense, not long names. */
export const MAX_NAME_LENGTH = 100;
export const MAX_LINE_LENGTH = 200;
export const MAX_EMAIL_LENGTH = 254;
export const MAX_PHONE_LENGTH = 40;
/** One field may hold a whole date in words. */
export const MAX_DATE_PART_LENGTH = 40;
export const MAX_CHOICE_LENGTH = 40;
export const MAX_STREET_NUMBER_LENGTH = 40;
export const MAX_ZIP_CODE_LENGTH = 20;
export const MAX_ACCOUNT_LENGTH = 60;
/** Longest text that `parseDegrees` accepts. */
export const MAX_DEGREES_LENGTH = 22;
/** A place's JSON from the browser. Real places are under 4,000. */
export const MAX_PLACE_DETAIL_LENGTH = 8_192;
