import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { findPgbouncerVersion, type Pgbouncer, startPgbouncer } from '../../e2e/support/pgbouncer.ts';
import { createDataKey, createKeys } from '../crypto/encryption.ts';
import { openPostgres } from './database.ts';
import { createDraftRepository } from './drafts.ts';
import { applyPostgresMigrations } from './migrate-postgres.ts';
import { createRequiredKeyRegistry } from './required-keys.ts';
import { openOwnPostgres } from './test-database.ts';

const SETTINGS = { poolSize: 5, connectMs: 20_000, queryMs: 20_000, arePrepared: false };

const version = findPgbouncerVersion();

describe.skipIf(!version)(`in transaction mode, ${version ?? 'PgBouncer (skipped: it is not on this machine)'}`, () => {
  const database = { appUrl: inject('postgresUrl'), ownerUrl: inject('postgresOwnerUrl') };
  let pooler: Pgbouncer;
  beforeAll(async () => {
    await (await openOwnPostgres(database, 'pooled')).close();
    pooler = await startPgbouncer(database.appUrl, 'pooled', ['app', 'front_door']);
  });
  afterAll(() => pooler.stop());

  test('the boot says that it does not keep prepared statements', async () => {
    const keepsThem = /PgBouncer 1\.(2[1-9]|[3-9]\d)/.test(version ?? '');
    const open = openPostgres(pooler.getUrl('app'), { ...SETTINGS, arePrepared: true });
    if (keepsThem) await (await open).close();
    else await expect(open).rejects.toThrow('DATABASE_PREPARED_STATEMENTS');
  });

  test('migrations run through it, several at once', async () => {
    await Promise.all([1, 2, 3].map(() => applyPostgresMigrations(pooler.getUrl('front_door'), { appRole: 'app' })));
  });

  test('four instances boot at once and serve', async () => {
    const keys = createKeys([createDataKey('a', randomBytes(32))]);
    const now = () => new Date();
    const boot = async () => {
      const opened = await openPostgres(pooler.getUrl('app'), SETTINGS);
      await createRequiredKeyRegistry(opened.database, keys, now).check();
      return opened;
    };
    const instances = await Promise.all([1, 2, 3, 4].map(boot));
    const visit = async (index: number) => {
      const stores = instances.map((instance) => createDraftRepository(instance.database, keys, now));
      const token = await stores[index % 4]?.create({ steps: {} });
      const draft = await stores[(index + 1) % 4]?.find(token ?? '');
      return draft && stores[(index + 2) % 4]?.update(draft, { steps: {} });
    };
    const visits = await Promise.all(Array.from({ length: 100 }, (_, index) => visit(index)));
    expect(visits.filter((isSaved) => isSaved)).toHaveLength(100);
    await Promise.all(instances.map(({ close }) => close()));
  });
});
