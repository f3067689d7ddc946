import type { Limits } from '../store/limits.ts';

/** Whether this address, or all together, have typed too many wrong short codes. */
export const tooManyCodes = (limits: Limits, address: string): Promise<boolean> =>
  limits.isReached(['codeAddress', address], ['codeAll']);

/** Counts one more. Right ones are not counted. */
export async function countWrongCode(limits: Limits, address: string): Promise<void> {
  await limits.firstOver([['codeAddress', address], ['codeAll']]);
}
