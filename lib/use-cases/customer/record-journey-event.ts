import 'server-only';
import { after } from 'next/server';
import type { CustomerDevice } from '../../auth/customer-device.ts';
import { isWithinInstanceLimit } from '../../rate-limits/count-in-instance.ts';
import type { NewJourneyEvent } from '../../store/journey-events.ts';
import { getStore } from '../../store/store.ts';

/** An event for the statistics, without the shop and the agent. */
type EventDetails = Omit<NewJourneyEvent, 'shop' | 'agent'>;

/**
 * Records an event of a customer for the statistics, after the response. Events of an address over its limit are dropped. On a
 * device with a handed-over case the event counts for its agent.
 */
export async function recordCustomerEvent(
  { clientIp, deviceCase }: Pick<CustomerDevice, 'clientIp' | 'deviceCase'>,
  event: EventDetails,
): Promise<void> {
  if (!(await isWithinInstanceLimit('eventAddress', clientIp))) return;
  await addAfterResponse({ ...event, shop: deviceCase?.shop ?? null, agent: deviceCase?.agent ?? null });
}

/** Records an event that an agent caused at the console, after the response. */
export const recordAgentEvent = ({ shop, agent }: { shop: string; agent: string }, event: EventDetails) =>
  addAfterResponse({ ...event, shop, agent });

async function addAfterResponse(event: NewJourneyEvent): Promise<void> {
  const { events } = await getStore();
  after(events.add(event));
}
