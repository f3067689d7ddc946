/**
 * Faults that only a browser sees and that an operator has to know. A report contains one of these names and nothing else: no typed
 * text, no key, no address.
 *
 * - `maps.refused`: Google refused the key.
 * - `maps.quota`: the quota is used up.
 * - `vault.script`: the vault's script did not load, or its hash differed. The browser does not say which.
 * - `vault.fields`: the vault's fields did not load.
 * - `vault.route`: the vault's route refused the request.
 * - `vault.answer`: the vault's answer contained no alias.
 */
export const BROWSER_REPORTS = [
  'maps.refused',
  'maps.quota',
  'vault.script',
  'vault.fields',
  'vault.route',
  'vault.answer',
] as const;
export type BrowserReport = (typeof BROWSER_REPORTS)[number];
