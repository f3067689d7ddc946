/**
 * Faults that only a browser sees and an operator has to know of. Names alone: a report carries nothing that a person
 * typed, no key and no address.
 *
 * - `maps.refused`: Google does not take the key. `maps.quota`: the quota is used up.
 * - `vault.script`: the vault's script came from no host, or not as its hash says (a browser does not tell these apart).
 * - `vault.fields`: its fields did not come. `vault.route`: its route refuses us.
 * - `vault.answer`: it answered something that is no alias.
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
