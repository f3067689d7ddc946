import 'server-only';
import { after } from 'next/server';
import { getCaseForDevice } from '../../auth/draft-cookie.ts';
import { getClientIp } from '../../http/client-ip.ts';
import { log } from '../../observability/logger.ts';
import { countInInstance } from '../../rate-limits/instance-limits.ts';
import type { NewJourneyEvent } from '../../store/journey-events.ts';
import { getStore } from '../../store/store.ts';

/** Who fills in for a customer. */
type Helper = { shop: string; agent: string };

/**
 * Writes down for the figures what a customer has done, after the answer has gone: nobody waits for a figure, and one that
 * could not be written stops nothing.
 *
 * @param helper at the console; on a device that an agent has handed a case to, it is that agent
 */
export async function recordJourneyEvent(
  event: Omit<NewJourneyEvent, 'shop' | 'agent'>,
  helper?: Helper,
): Promise<void> {
  if (!helper && (await isOverEventLimit())) return;
  const { shop = null, agent = null } = helper ?? (await getCaseForDevice()) ?? {};
  const { events } = await getStore();
  after(events.add({ ...event, shop, agent }));
}

/** Whether this address has sent more events than people behind one address do: they are dropped, and logged once. */
async function isOverEventLimit(): Promise<boolean> {
  const count = await countInInstance('eventAddress', await getClientIp());
  if (count === 'first') log({ event: 'limit.reached', limit: 'eventAddress' });
  return count !== 'within';
}
