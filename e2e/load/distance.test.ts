import { expect, inject, test } from 'vitest';
import { openOwnPostgres } from '../../lib/store/test-database.ts';
import { runInstances } from './distance.ts';

test('five instances at a distance lose no count and fail no action', { timeout: 60_000 }, async () => {
  const urls = { appUrl: inject('postgresUrl'), ownerUrl: inject('postgresOwnerUrl') };
  const { close } = await openOwnPostgres(urls, 'distance');
  await close();
  const inDatabase = (url: string) => url.replace('/postgres?', '/distance?');
  const own = { appUrl: inDatabase(urls.appUrl), ownerUrl: inDatabase(urls.ownerUrl) };
  const seen = await runInstances(own, { instances: 5, seconds: 3, commitMs: 20 });
  expect(seen).toMatchObject({ lost: 0, failures: [], breaks: [] });
  expect(Math.min(seen.counts, seen.entries)).toBeGreaterThan(50);
});
