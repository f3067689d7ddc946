/**
 * Faults that only a browser sees and an operator has to know of. A report is a name alone: no typed text, no key, no
 * address.
 *
 * - `maps.refused`: Google does not take the key. `maps.quota`: the quota is used up.
 * - `vault.script`: no host served the vault's script, or its hash differed (a browser reports both as one).
 * - `vault.fields`: its fields did not load. `vault.route`: its route refuses us.
 * - `vault.answer`: its answer was no alias.
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
