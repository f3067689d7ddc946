import 'server-only';
import { handoverCookie } from '../../auth/short-cookies.ts';
import type { Handover } from '../../store/handovers.ts';
import { getStore } from '../../store/store.ts';

/**
 * Lets this browser wait at a hand-over. One that waits there already keeps its digits.
 *
 * @returns false when too many devices wait there
 */
export async function addDeviceToHandover(handover: Handover): Promise<boolean> {
  const { handovers } = await getStore();
  const previousToken = await handoverCookie.read();
  const device = previousToken === undefined ? undefined : await handovers.findDevice(previousToken);
  if (device?.state === 'waiting' && device.caseId === handover.caseId) return true;
  const token = await handovers.addDevice(handover);
  if (token !== undefined) await handoverCookie.write(token);
  return token !== undefined;
}
