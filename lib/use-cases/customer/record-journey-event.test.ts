import { expect, test, vi } from 'vitest';
import { finishBackgroundWork } from '../../http/test-next.ts';
import { getStore } from '../../store/store.ts';
import { createCase } from '../../store/test-people.ts';
import { setUpTestStore } from '../../store/test-store.ts';
import { recordAgentEvent, recordCustomerEvent } from './record-journey-event.ts';

vi.mock('next/server', async () => (await import('../../http/test-next.ts')).nextServer);

setUpTestStore({ LIMIT_EVENTS_PER_ADDRESS: '2' });

async function listEvents() {
  await finishBackgroundWork();
  const events = [];
  for await (const { step, shop, agent } of (await getStore()).events.listBetween(new Date(0), new Date(8e12)))
    events.push({ step, shop, agent });
  return events;
}
const createEvent = (step: 'identity' | 'address') => ({ token: 't', kind: 'taken', step, lang: 'es' }) as const;

test('an event counts for the agent at the console or of the device’s case, and else for no agent', async () => {
  const deviceCase = await createCase();
  await recordCustomerEvent({ clientIp: '203.0.113.1', deviceCase: undefined }, createEvent('identity'));
  await recordCustomerEvent({ clientIp: '203.0.113.1', deviceCase }, createEvent('identity'));
  await recordAgentEvent({ shop: 'norte', agent: 'max' }, createEvent('identity'));
  expect(await listEvents()).toEqual([
    { step: 'identity', shop: null, agent: null },
    { step: 'identity', shop: 'centro', agent: 'ana' },
    { step: 'identity', shop: 'norte', agent: 'max' },
  ]);
});

test('a customer’s events over the limit of their address are dropped, an agent’s are not', async () => {
  const device = { clientIp: '203.0.113.2', deviceCase: undefined };
  for (const _event of [1, 2, 3]) await recordCustomerEvent(device, createEvent('address'));
  expect((await listEvents()).filter(({ step }) => step === 'address')).toHaveLength(2);
  for (const _event of [1, 2, 3]) await recordAgentEvent({ shop: 'norte', agent: 'max' }, createEvent('address'));
  expect((await listEvents()).filter(({ step }) => step === 'address')).toHaveLength(5);
});
