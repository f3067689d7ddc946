import { NodePgSession } from 'drizzle-orm/node-postgres';
import type { Pool } from 'pg';
import { vi } from 'vitest';
import { createDataKey, createKeys } from '../crypto/encryption.ts';
import { APPLICATION_EVENT_TYPES } from '../domain/events/application-event.ts';
import { createPoolDatabase } from './database-session.ts';
import { createDraftRepository } from './drafts.ts';
import { createLedger } from './ledger.ts';
import { createPrivacyService } from './privacy.ts';
import { createRetentionRules } from './retention/rules.ts';
import { createSubmissionAdmin } from './submission-admin.ts';

/** With two endpoints, so that each statement that has an event shows it. */
const SUBSCRIPTIONS = ['first', 'second'].map((endpoint) => ({ endpoint, types: APPLICATION_EVENT_TYPES }));

export type PreparedStatement = { name: string; text: string; params: readonly unknown[] };

/** Returns the prepared statements that a submission needs, without a database. */
export function listSubmissionStatements(): PreparedStatement[] {
  return listStatements((database, keys, now) => {
    createLedger(database, keys, now, { leaseMs: 1, firstLookupMs: 2, holdMs: 3 }, undefined, SUBSCRIPTIONS);
    createSubmissionAdmin(database, keys, now, SUBSCRIPTIONS);
    createDraftRepository(database, keys, now, SUBSCRIPTIONS);
    createPrivacyService(database, keys, now);
  });
}

/** Returns the prepared statements of retention. */
export function listRetentionStatements(): PreparedStatement[] {
  return listStatements((database, _keys, now) => createRetentionRules(database, now, SUBSCRIPTIONS));
}

function listStatements(
  create: (
    database: ReturnType<typeof createPoolDatabase>,
    keys: ReturnType<typeof createKeys>,
    now: () => Date,
  ) => unknown,
): PreparedStatement[] {
  const prepare = vi.spyOn(NodePgSession.prototype, 'prepareQuery');
  create(createPoolDatabase({} as Pool), createKeys([createDataKey('a', Buffer.alloc(32, 1))]), () => new Date());
  const statements = prepare.mock.calls.flatMap(([{ sql: text, params }, , name]) =>
    name ? [{ name, text, params }] : [],
  );
  prepare.mockRestore();
  return statements;
}
