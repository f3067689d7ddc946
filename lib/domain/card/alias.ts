/**
 * Vault aliases: `tok_<environment>_`, about 22 letters and digits, and the last four of a card number. Other formats look
 * like real card data, so the app refuses them (docs/vendor-notes.md#13-vgs-aliases).
 */
const buildAliasPattern = (environment: string, suffix: string) =>
  new RegExp(`^tok_${environment}_[a-z0-9]{10,40}${suffix}$`, 'i');

/** Longer than any alias that the pattern matches. */
export const MAX_ALIAS_LENGTH = 80;

/** Only `proxy` mode appends the last four digits (docs/vendor-notes.md#12-vgs-answers). */
export const isNumberAlias = (value: string, environment: string) =>
  buildAliasPattern(environment, '(_\\d{4})?').test(value);
export const isCodeAlias = (value: string, environment: string) => buildAliasPattern(environment, '').test(value);

/** Returns the last four digits at the end of a number's alias, or undefined. */
export const getLastFour = (numberAlias: string) => /_(\d{4})$/.exec(numberAlias)?.[1];
