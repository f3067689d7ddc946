import { randomBytes } from 'node:crypto';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { Client } from 'pg';
import { expect, inject, test } from 'vitest';
import { createDataKey, createKeys } from '../crypto/encryption.ts';
import { applyPostgresMigrations } from './migrate-postgres.ts';
import { createRequiredKeyRegistry } from './required-keys.ts';
import { openOwnPostgres, openTestPostgres } from './test-database.ts';

test('a boot behind a locked table ends in time, with its cause', async () => {
  const urls = { appUrl: inject('postgresUrl'), ownerUrl: inject('postgresOwnerUrl') };
  const { database, close } = await openOwnPostgres(urls, 'locked_keys');
  const holder = new Client({ connectionString: urls.ownerUrl.replace('/postgres?', '/locked_keys?') });
  await holder.connect();
  await holder.query('begin; lock table required_keys in access exclusive mode');
  const keys = createKeys([createDataKey('a', randomBytes(32))]);
  await expect(createRequiredKeyRegistry(database, keys, () => new Date()).check()).rejects.toThrow(/^55P03 /);
  await Promise.all([close(), holder.end()]);
});

test('a database that takes the connection and says nothing ends the boot and a migration in time', async () => {
  const sockets = new Set<Socket>();
  const silent = createServer((socket) => sockets.add(socket));
  await new Promise<void>((listening) => silent.listen(0, '127.0.0.1', listening));
  const { port } = silent.address() as AddressInfo;
  const url = `postgres://app:secret@127.0.0.1:${port}/app`;
  await Promise.all(
    [openTestPostgres, applyPostgresMigrations].map((end) =>
      expect(end(url)).rejects.toThrow(/DATABASE_URL \(does not answer: (?!.*secret)/),
    ),
  );
  for (const socket of sockets) socket.destroy();
  silent.close();
  await expect(openTestPostgres(url)).rejects.toThrow(/does not answer: .*ECONNREFUSED/);
});
