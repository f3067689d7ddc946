import { expect, test } from 'vitest';
import { ACTIONS, AGENT_ROLES, getOwnership, hasPermission, OWNERSHIPS } from './permissions.ts';

/** The whole matrix, written down again: role by role, the actions, and whose cases they reach. */
const MATRIX = `
agent case.start own
agent case.takeOver own
agent case.list own shop
agent case.read own shop
agent case.fill own shop
agent case.handOver own shop
agent case.confirm own shop
agent case.watch own shop
agent case.stop own shop
agent case.close own
agent case.status own shop
agent case.reason
agent case.history
agent parked.list
agent parked.resolve
agent figures.read
agent session.list own
supervisor case.start own
supervisor case.takeOver own
supervisor case.list own shop
supervisor case.read own shop
supervisor case.fill own shop
supervisor case.handOver own shop
supervisor case.confirm own shop
supervisor case.watch own shop
supervisor case.stop own shop
supervisor case.close own shop
supervisor case.status own shop
supervisor case.reason
supervisor case.history own shop
supervisor parked.list own shop
supervisor parked.resolve own shop
supervisor figures.read own shop
supervisor session.list own
operator case.start
operator case.takeOver
operator case.list
operator case.read
operator case.fill
operator case.handOver
operator case.confirm
operator case.watch
operator case.stop
operator case.close
operator case.status
operator case.reason
operator case.history
operator parked.list
operator parked.resolve
operator figures.read own shop
operator session.list own
compliance case.start
compliance case.takeOver
compliance case.list own shop
compliance case.read
compliance case.fill
compliance case.handOver
compliance case.confirm
compliance case.watch own shop
compliance case.stop
compliance case.close
compliance case.status own shop
compliance case.reason own shop
compliance case.history own shop
compliance parked.list
compliance parked.resolve
compliance figures.read
compliance session.list own`;

const rows = MATRIX.trim()
  .split('\n')
  .map((line) => line.split(' '));

test('every role and action has its row, and every cell says what the row says', () => {
  expect(rows.map(([role, action]) => `${role} ${action}`).sort()).toEqual(
    AGENT_ROLES.flatMap((role) => ACTIONS.map((action) => `${role} ${action}`)).sort(),
  );
  for (const [role, action, ...reach] of rows) {
    for (const ownership of OWNERSHIPS) {
      const may = hasPermission(role as (typeof AGENT_ROLES)[number], action as (typeof ACTIONS)[number], ownership);
      expect([role, action, ownership, may]).toEqual([role, action, ownership, reach.includes(ownership)]);
    }
  }
});

test('no role reaches another shop', () => {
  for (const role of AGENT_ROLES)
    for (const action of ACTIONS) expect(hasPermission(role, action, 'foreign')).toBe(false);
});

test('whose a case is follows from shop and person, the shop first', () => {
  const me = { subject: 'ana', shop: 'centro' };
  expect(getOwnership(me, { agent: 'ana', shop: 'centro' })).toBe('own');
  expect(getOwnership(me, { agent: 'beto', shop: 'centro' })).toBe('shop');
  expect(getOwnership(me, { agent: 'ana', shop: 'norte' })).toBe('foreign');
});
