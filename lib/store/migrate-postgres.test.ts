import { Client } from 'pg';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { applyPostgresMigrations } from './migrate-postgres.ts';
import { openTestPostgres } from './test-database.ts';

const [appUrl, ownerUrl] = [inject('postgresUrl'), inject('postgresOwnerUrl')];
const owner = new Client({ connectionString: ownerUrl });
const app = new Client({ connectionString: appUrl });

beforeAll(async () => {
  await Promise.all([owner.connect(), app.connect()]);
});
afterAll(async () => {
  await Promise.all([owner.end(), app.end()]);
});

const inDatabase = (url: string, name: string) => url.replace('/postgres?', `/${name}?`);

/** An empty database of the owner's; unit tests of other files share the first one. */
async function createDatabase(name: string): Promise<{ appUrl: string; ownerUrl: string }> {
  await owner.query(`create database ${name}`);
  return { appUrl: inDatabase(appUrl, name), ownerUrl: inDatabase(ownerUrl, name) };
}

async function query(url: string, statement: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(statement)).rows;
  } finally {
    await client.end();
  }
}

async function canOpen(url: string): Promise<boolean> {
  const { close } = await openTestPostgres(url);
  await close();
  return true;
}

test.each([
  'alter table audit disable trigger all',
  'drop trigger audit_is_only_added_to on audit',
  'drop function audit_is_only_added_to() cascade',
  'alter table audit owner to app',
  `update audit set hash = 'x'`,
  'delete from audit',
  'truncate audit',
  `update audit_entries set hash = 'x'`,
  'delete from audit_entries',
  'truncate audit_entries',
  'select 1 from audit_entries for update',
  `update audit_anchors set hash = 'x'`,
  'delete from audit_anchors',
  'truncate audit_anchors',
  `update submission_events set cause = 'x'`,
  'delete from submission_events',
  'truncate submission_events',
  'select 1 from audit for update',
  'create table mine (id text)',
  'create schema mine',
  'drop table drafts',
  'truncate drafts',
  'alter table drafts add column mine text',
  'create index mine on drafts (version)',
  'create trigger mine before insert on audit execute function audit_is_only_added_to()',
  'delete from drizzle.__drizzle_migrations',
  `select setval('journey_events_sequence_seq', 1)`,
  'set role front_door',
  'set session_replication_role = replica',
])('the role of the app may not: %s', async (statement) => {
  await expect(app.query(statement)).rejects.toMatchObject({ code: '42501' });
});

test('a table of a later migration gets its rights, and a right too many is taken back', async () => {
  const urls = await createDatabase('rights');
  await applyPostgresMigrations(urls.ownerUrl, { appRole: 'app' });
  await query(urls.ownerUrl, 'create table later (id bigserial); grant all on audit to app');
  await applyPostgresMigrations(urls.ownerUrl, { appRole: 'app' });
  await query(urls.appUrl, 'insert into later default values; update later set id = 2; delete from later');
  await expect(query(urls.appUrl, 'truncate audit')).rejects.toMatchObject({ code: '42501' });
});

test('a database opens once it is migrated for the role, by one of several at a time', async () => {
  const urls = await createDatabase('fresh');
  await expect(canOpen(urls.ownerUrl)).rejects.toThrow('run `npm run migrate` as its owner');
  await Promise.all([1, 2, 3].map(() => applyPostgresMigrations(urls.ownerUrl)));
  await expect(canOpen(urls.appUrl)).rejects.toThrow('run `npm run migrate` as its owner');
  await applyPostgresMigrations(urls.ownerUrl, { appRole: 'app' });
  expect(await canOpen(urls.appUrl)).toBe(true);
});

test('a database newer than the code opens, an older one does not', async () => {
  const urls = await createDatabase('versions');
  await applyPostgresMigrations(urls.ownerUrl, { appRole: 'app' });
  await query(
    urls.ownerUrl,
    `insert into drizzle.__drizzle_migrations (hash, created_at) values ('later', 9999999999999)`,
  );
  expect(await canOpen(urls.appUrl)).toBe(true);
  await query(
    urls.ownerUrl,
    `delete from drizzle.__drizzle_migrations where created_at =
       (select max(created_at) from drizzle.__drizzle_migrations where hash <> 'later')`,
  );
  await expect(canOpen(urls.appUrl)).rejects.toThrow('is older than this version');
});

test('the boot waits for no migration, and a migration says what it waited for', async () => {
  const urls = await createDatabase('locks');
  await applyPostgresMigrations(urls.ownerUrl, { appRole: 'app' });
  const holder = new Client({ connectionString: urls.ownerUrl });
  await holder.connect();
  await holder.query('select pg_advisory_lock(7316402)');
  expect(await canOpen(urls.appUrl)).toBe(true);
  const again = () => applyPostgresMigrations(urls.ownerUrl, { appRole: 'app', lockWaitMs: 50 });
  await expect(again()).rejects.toThrow('another `npm run migrate` is running');
  await holder.query('select pg_advisory_unlock_all()');
  await holder.query('begin; lock table drizzle.__drizzle_migrations in access exclusive mode');
  await expect(again()).rejects.toThrow('a long transaction or a backup holds a table');
  await holder.end();
  await again();
});

test.each(['front_door', 'member', 'maker'])(
  '%s is no role for the app: it owns tables or may make them',
  async (role) => {
    const urls = await createDatabase(`no_${role}`);
    if (role === 'member') await owner.query('create role member login in role front_door');
    if (role === 'maker') await query(urls.ownerUrl, 'create role maker; grant create on schema public to maker');
    await expect(applyPostgresMigrations(urls.ownerUrl, { appRole: role })).rejects.toThrow(
      `The role ${role} owns tables`,
    );
  },
);

test('a role that is refused ends the boot and the migration at once, with its cause', async () => {
  const urls = await createDatabase('refusals');
  await expect(applyPostgresMigrations(urls.appUrl)).rejects.toThrow('permission denied');
  const nobody = urls.appUrl.replace('//app@', '//nobody_there@');
  for (const start of [canOpen, applyPostgresMigrations])
    await expect(start(nobody)).rejects.toThrow(/DATABASE_URL \(refuses: .*28000/);
  await expect(canOpen(inDatabase(appUrl, 'not_there'))).rejects.toThrow('its database does not exist, 3D000');
});
