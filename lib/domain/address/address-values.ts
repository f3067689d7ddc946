export const ADDRESS_FIELDS = ['address1', 'address2', 'zipCode', 'city', 'address3', 'state'] as const;
export type AddressField = (typeof ADDRESS_FIELDS)[number];
export type AddressValues = Record<AddressField, string>;

/** Only the customer knows the unit: a place neither overwrites nor describes it. */
export const UNIT_FIELD = 'address2';
/** In the order of the page. */
export const REQUIRED_ADDRESS_FIELDS: readonly AddressField[] = ['address1', 'zipCode', 'city', 'state'];

/**
 * Tells whether a place still describes the fields. A customer may add to them (a number, a missing part); a changed part
 * makes it another address with other coordinates.
 *
 * @param pickedValues the fields right after the choice
 */
export function matchesAddress(pickedValues: AddressValues, currentValues: AddressValues): boolean {
  const normalizeLine = (text: string) => text.trim().replace(/\s+/g, ' ').toLowerCase();
  return ADDRESS_FIELDS.every((name) => {
    const [before, current] = [normalizeLine(pickedValues[name]), normalizeLine(currentValues[name])];
    if (name === UNIT_FIELD || before === '' || before === current) return true;
    return name === 'address1' && ` ${current} `.includes(` ${before} `);
  });
}
