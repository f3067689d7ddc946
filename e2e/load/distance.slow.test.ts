import { expect, inject, test } from 'vitest';
import { openOwnPostgres } from '../../lib/store/test-database.ts';
import { runInstances } from './distance.ts';

test('five instances at a distance lose no count and fail no action', { timeout: 60_000 }, async () => {
  const urls = { appUrl: inject('postgresUrl'), ownerUrl: inject('postgresOwnerUrl') };
  const { close } = await openOwnPostgres(urls, 'distance');
  await close();
  const toDatabaseUrl = (url: string) => url.replace('/postgres?', '/distance?');
  const databaseUrls = { appUrl: toDatabaseUrl(urls.appUrl), ownerUrl: toDatabaseUrl(urls.ownerUrl) };
  const totals = await runInstances(databaseUrls, { instances: 5, seconds: 3, commitMs: 20 });
  expect(totals).toMatchObject({ lost: 0, failures: [], breaks: [] });
  expect(Math.min(totals.counts, totals.entries)).toBeGreaterThan(50);
});
