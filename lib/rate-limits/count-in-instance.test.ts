import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { beforeAll, expect, test, vi } from 'vitest';
import type { LogEvent } from '../observability/log-event.ts';
import { isWithinInstanceLimit, isWithinPolicyReportLimit } from './count-in-instance.ts';

const logged: LogEvent[] = [];
vi.mock('../observability/logger.ts', () => ({ log: (event: LogEvent) => logged.push(event) }));

beforeAll(() => {
  const settings = { ...parseEnv(readFileSync('.env.example', 'utf8')), LIMIT_EVENTS_PER_ADDRESS: '2' };
  for (const [name, value] of Object.entries(settings)) vi.stubEnv(name, value);
});

async function countFive(count: () => Promise<boolean>) {
  const results = [];
  for (const _attempt of [1, 2, 3, 4, 5]) results.push(await count());
  return results;
}

test('attempts over the limit are refused, and only the first of them is logged', async () => {
  const results = await countFive(() => isWithinInstanceLimit('eventAddress', '203.0.113.1'));
  expect(results).toEqual([true, true, false, false, false]);
  expect(logged).toEqual([{ event: 'limit.reached', limit: 'eventAddress' }]);
  expect(await isWithinInstanceLimit('eventAddress', '203.0.113.2')).toBe(true);
});

test('ten policy reports of an address are within the limit, and an excess is not logged', async () => {
  logged.length = 0;
  for (const _round of [1, 2])
    expect(await countFive(() => isWithinPolicyReportLimit('203.0.113.1'))).not.toContain(false);
  expect(await isWithinPolicyReportLimit('203.0.113.1')).toBe(false);
  expect(await isWithinPolicyReportLimit('203.0.113.2')).toBe(true);
  expect(logged).toEqual([]);
});
