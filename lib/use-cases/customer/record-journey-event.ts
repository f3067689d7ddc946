import 'server-only';
import { after } from 'next/server';
import { handedCase } from '../../auth/draft-cookie.ts';
import { addressOfRequest } from '../../http/address-of-request.ts';
import { log } from '../../observability/logger.ts';
import { countInInstance } from '../../rate-limits/instance-limits.ts';
import type { NewEvent } from '../../store/journey-events.ts';
import { store } from '../../store/store.ts';

/** Who fills in for a customer. */
type Helper = { shop: string; agent: string };

/**
 * Writes down for the figures what a customer has done, after the answer has gone: nobody waits for a figure, and one that
 * could not be written stops nothing.
 *
 * @param helper at the console; on a device that an agent has handed a case to, it is that agent
 */
export async function noteEvent(event: Omit<NewEvent, 'shop' | 'agent'>, helper?: Helper): Promise<void> {
  if (!helper && (await isOneTooMany())) return;
  const { shop = null, agent = null } = helper ?? (await handedCase()) ?? {};
  const { events } = await store();
  after(events.add({ ...event, shop, agent }));
}

/** Whether this address has sent more events than people behind one address do: they are dropped, and logged once. */
async function isOneTooMany(): Promise<boolean> {
  const count = await countInInstance('eventAddress', await addressOfRequest());
  if (count === 'first') log({ event: 'limit.reached', limit: 'eventAddress' });
  return count !== 'within';
}
