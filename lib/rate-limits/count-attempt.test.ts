import { expect, test, vi } from 'vitest';
import { setUpTestStore } from '../store/test-store.ts';
import { countAttempt, createLimitedDraft } from './count-attempt.ts';

setUpTestStore({ LIMIT_CODES_PER_ADDRESS: '2', LIMIT_DRAFTS_PER_ADDRESS: '2' });

test('attempts over the limit get the time until there is room, for each key and limit by itself', async () => {
  expect(await countAttempt('codeAddress', '203.0.113.1')).toBeUndefined();
  expect(await countAttempt('codeAddress', '203.0.113.1')).toBeUndefined();
  const retryAfterMs = (await countAttempt('codeAddress', '203.0.113.1')) ?? 0;
  expect(retryAfterMs).toBeGreaterThan(590_000);
  expect(retryAfterMs).toBeLessThanOrEqual(600_000);
  expect(await countAttempt('codeAddress', '203.0.113.2')).toBeUndefined();
  expect(await countAttempt('codeAgent', '203.0.113.1')).toBeUndefined();
});

test('drafts begun at once at one address are created up to the limit, and another address is not affected', async () => {
  const create = vi.fn(async () => 'token');
  const begin = (address: string) => createLimitedDraft(address, create);
  const results = await Promise.all(Array.from({ length: 5 }, () => begin('203.0.113.1')));
  expect(results.map((result) => 'created' in result)).toEqual([true, true, false, false, false]);
  expect(create).toHaveBeenCalledTimes(2);
  expect(await begin('203.0.113.2')).toEqual({ created: 'token' });
});

test('drafts that could not be stored use up no limit', async () => {
  const fail = () => createLimitedDraft('203.0.113.3', () => Promise.reject(new Error('broken')));
  for (let attempt = 0; attempt < 5; attempt += 1) await expect(fail()).rejects.toThrow('broken');
  const begin = () => createLimitedDraft('203.0.113.3', async () => 'token');
  expect([await begin(), await begin()]).toEqual([{ created: 'token' }, { created: 'token' }]);
  expect(await begin()).toHaveProperty('retryAfterMs');
});
