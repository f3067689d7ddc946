import { expect, test } from 'vitest';
import { getStore } from '../store/store.ts';
import { ana, createCase, listActions, max } from '../store/test-people.ts';
import { setUpTestStore } from '../store/test-store.ts';
import { recordAgentAction, recordCustomerAction, recordDeniedAccess } from './agent-audit.ts';

setUpTestStore();

test('an agent’s action names the agent, the shop, the device and the fields', async () => {
  const { id } = await createCase();
  await recordAgentAction(ana, 'case.fill', { caseId: id, fields: ['email'], source: 'agent' });
  const [entry] = await (await getStore()).audit.listByCase(id);
  expect(entry).toEqual({
    at: expect.stringMatching(/^\d{4}-.*Z$/),
    actor: 'ana',
    actorName: 'ana',
    role: 'agent',
    shop: 'centro',
    device: ana.id.slice(0, 12),
    action: 'case.fill',
    caseId: id,
    fields: ['email'],
    source: 'agent',
  });
});

test('a customer’s action names neither a role nor a device', async () => {
  const caseRecord = await createCase();
  await recordCustomerAction(caseRecord, 'case.opened');
  const [entry] = await (await getStore()).audit.listByCase(caseRecord.id);
  expect(entry).toMatchObject({ actor: 'customer', shop: 'centro', action: 'case.opened', source: 'customer' });
  expect(entry?.role ?? entry?.device ?? undefined).toBeUndefined();
});

test('the same denial of a session is recorded once, and an id that is no UUID is not', async () => {
  const { id } = await createCase();
  for (const _request of [1, 2, 3]) await recordDeniedAccess(max, 'case.read', id);
  await recordDeniedAccess(max, 'case.fill', id);
  expect(await listActions({ id })).toEqual(['refused.case.read', 'refused.case.fill']);
  await recordDeniedAccess(max, 'case.read', 'an id from the address');
  expect(await listActions({ id: 'an id from the address' })).toEqual([]);
});
