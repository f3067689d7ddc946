import { expect, test } from 'vitest';
import { setUpTestStore } from '../store/test-store.ts';
import { countAttempt } from './count-attempt.ts';

setUpTestStore({ LIMIT_CODES_PER_ADDRESS: '2' });

test('attempts over the limit get the time until there is room, for each key and limit by itself', async () => {
  expect(await countAttempt('codeAddress', '203.0.113.1')).toBeUndefined();
  expect(await countAttempt('codeAddress', '203.0.113.1')).toBeUndefined();
  const retryAfterMs = (await countAttempt('codeAddress', '203.0.113.1')) ?? 0;
  expect(retryAfterMs).toBeGreaterThan(590_000);
  expect(retryAfterMs).toBeLessThanOrEqual(600_000);
  expect(await countAttempt('codeAddress', '203.0.113.2')).toBeUndefined();
  expect(await countAttempt('codeAgent', '203.0.113.1')).toBeUndefined();
});
