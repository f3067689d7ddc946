import { expect, test } from 'vitest';
import { setUpTestStore } from '../store/test-store.ts';
import { countAttempt, countDraft } from './count-attempt.ts';

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

test('drafts begun at once at one address pass up to the limit, and another address is not affected', async () => {
  const counts = await Promise.all(Array.from({ length: 5 }, () => countDraft('203.0.113.1')));
  expect(counts.map((retryAfterMs) => retryAfterMs !== undefined)).toEqual([false, false, true, true, true]);
  expect(await countDraft('203.0.113.2')).toBeUndefined();
});
