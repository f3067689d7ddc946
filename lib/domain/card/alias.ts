/**
 * Vault aliases: `tok_<environment>_`, about 22 letters and digits, and for a card number its last four. Other alias
 * formats look like real card data, so they are refused everywhere (integrations page, B4).
 */
const buildAliasPattern = (environment: string, suffix: string) =>
  new RegExp(`^tok_${environment}_[a-z0-9]{10,40}${suffix}$`, 'i');

/** Longer than any alias that the pattern takes, whatever the environment's name. */
export const MAX_ALIAS_LENGTH = 80;

/** A number's alias carries its last four in one of the vault's two modes (integrations page, B3). */
export const isNumberAlias = (value: string, environment: string) =>
  buildAliasPattern(environment, '(_\\d{4})?').test(value);
export const isCodeAlias = (value: string, environment: string) => buildAliasPattern(environment, '').test(value);

/** The last four digits that a number's alias carries, if it carries them. */
export const getLastFour = (numberAlias: string) => /_(\d{4})$/.exec(numberAlias)?.[1];
