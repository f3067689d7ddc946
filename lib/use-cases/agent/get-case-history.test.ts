import { expect, test } from 'vitest';
import { recordAgentAction, recordCustomerAction } from '../../auth/agent-audit.ts';
import { getStore } from '../../store/store.ts';
import { ana, ben, createCase } from '../../store/test-people.ts';
import { setUpTestStore } from '../../store/test-store.ts';
import { getCaseHistory } from './get-case-history.ts';

setUpTestStore();

test('the newest act comes first, with the names that agents had at the time', async () => {
  const { id, shop } = await createCase();
  await recordAgentAction({ ...ana, name: 'Ana Torres' }, 'case.start', { caseId: id });
  await recordAgentAction({ ...ben, name: 'Beto Gil' }, 'case.fill', {
    caseId: id,
    fields: ['firstName'],
    source: 'agent',
  });
  await recordCustomerAction({ id, shop }, 'case.opened');
  expect((await getCaseHistory(id)).map(({ actorName, action }) => `${actorName} ${action}`)).toEqual([
    'customer case.opened',
    'Beto Gil case.fill',
    'Ana Torres case.start',
  ]);
});

test('an entry without a name has the name of the latest sign-in, or the login id', async () => {
  const { id } = await createCase();
  const { audit, agents } = await getStore();
  await agents.create({ subject: 'carla', name: 'Carla Ríos', role: 'agent', shop: 'centro', isShared: false });
  const entry = {
    role: 'agent',
    shop: 'centro',
    device: 'x',
    action: 'case.read',
    caseId: id,
    fields: [],
    source: undefined,
  } as const;
  for (const actor of ['carla', 'unknown']) await audit.append({ ...entry, at: new Date().toISOString(), actor });
  expect((await getCaseHistory(id)).map(({ actorName }) => actorName)).toEqual(['unknown', 'Carla Ríos']);
});
