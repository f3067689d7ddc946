import { beforeAll, expect, test } from 'vitest';
import { getStore } from '../../store/store.ts';
import { ana, eva, max } from '../../store/test-people.ts';
import { setUpTestStore } from '../../store/test-store.ts';
import { getStatistics } from './get-statistics.ts';

setUpTestStore();

beforeAll(async () => {
  const { events } = await getStore();
  const add = (token: string, kind: 'begun' | 'delivered', owner: { shop: string; agent: string } | undefined) =>
    events.add({ token, kind, step: null, lang: 'es', shop: owner?.shop ?? null, agent: owner?.agent ?? null });
  await Promise.all([
    add('own', 'begun', { shop: ana.shop, agent: ana.subject }),
    add('foreign', 'begun', { shop: max.shop, agent: max.subject }),
    add('alone', 'begun', undefined),
  ]);
});

test('groups by agent contain the agents of the supervisor’s own shop only', async () => {
  const statistics = await getStatistics(eva, { by: 'agent' });
  expect(statistics?.groups.map(({ name }) => name)).toEqual(['ana']);
});

test('an unknown dimension groups all journeys together', async () => {
  const statistics = await getStatistics(eva, { by: 'constructor' });
  expect(statistics).toMatchObject({ by: 'all', groups: [{ name: '' }] });
});

test('the default is the last 30 days, and an invalid span has no statistics', async () => {
  const { from = '', to = '' } = (await getStatistics(eva, {})) ?? {};
  expect((Date.parse(to) - Date.parse(from)) / 86_400_000).toBe(29);
  expect(await getStatistics(eva, { from: '2026-02-30' })).toBeUndefined();
  expect(await getStatistics(eva, { from: to, to: from })).toBeUndefined();
});

test('a span has each of its days, its total, and the total of as many days before', async () => {
  const statistics = await getStatistics(eva, {});
  expect(statistics?.days).toHaveLength(30);
  expect(statistics?.days.at(-1)).toEqual({ day: statistics?.to, begun: 3, delivered: 0 });
  expect(statistics?.total?.stages.begun).toBe(3);
  expect(statistics?.totalBefore).toBeUndefined();
  const nextDay = new Date(Date.parse(statistics?.to ?? '') + 86_400_000).toISOString().slice(0, 10);
  const next = await getStatistics(eva, { from: nextDay, to: nextDay });
  expect(next).toMatchObject({ total: undefined, totalBefore: { stages: { begun: 3 } } });
});

test('groups are sorted by a column, and agents have their names', async () => {
  const { agents } = await getStore();
  await agents.create({ subject: ana.subject, name: 'Ana Torres', role: 'agent', shop: ana.shop, isShared: false });
  const byMode = await getStatistics(eva, { by: 'mode', sort: 'name' });
  expect(byMode?.groups.map(({ name }) => name)).toEqual(['assisted', 'self']);
  expect((await getStatistics(eva, { by: 'agent', sort: '__proto__' }))?.sort).toBe('begun');
  expect((await getStatistics(eva, { by: 'agent' }))?.agentNames).toEqual(new Map([['ana', 'Ana Torres']]));
});
