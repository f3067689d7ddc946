import 'server-only';
import { handoverCookie } from '../../auth/short-cookies.ts';
import type { Handover } from '../../store/handovers.ts';
import { store } from '../../store/store.ts';

/**
 * Lets this browser wait at a hand-over. One that waits there already keeps its digits.
 *
 * @returns false when too many devices wait there
 */
export async function joinHandover(handover: Handover): Promise<boolean> {
  const { handovers } = await store();
  const before = await handoverCookie.read();
  const device = before === undefined ? undefined : await handovers.findDevice(before);
  if (device?.state === 'waiting' && device.caseId === handover.caseId) return true;
  const token = await handovers.join(handover);
  if (token !== undefined) await handoverCookie.write(token);
  return token !== undefined;
}
