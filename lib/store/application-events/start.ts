import { type SQLWrapper, sql } from 'drizzle-orm';
import type { Keys } from '../../crypto/encryption.ts';
import type { Database } from '../database.ts';
import { encryptValue } from '../encrypted-values.ts';
import { applications, drafts } from '../schema.ts';
import { NOW_PARAM } from '../statement-params.ts';
import { buildEventWrite, type EventSubscription } from './write-event.ts';

/** Values of the draft that an application keeps: the token, for a link that continues it, and the partner's reference. */
export type ApplicationSecrets = { token: string; reference?: string | undefined };

type Tools = { database: Database; keys: Keys; subscriptions: readonly EventSubscription[] };

export const encryptSecrets = (id: string, secrets: ApplicationSecrets, keys: Keys): string =>
  encryptValue('application', id, JSON.stringify(secrets), keys);

/**
 * Prepares the statement that creates a draft, its application and the event of its start.
 *
 * @param draftInsert with the parameters of `new_draft`
 */
export function prepareApplicationStart({ database, keys, subscriptions }: Tools, draftInsert: SQLWrapper) {
  const draft = database
    .$with('draft', { id: drafts.id })
    .as(sql`${draftInsert.getSQL()} returning ${sql.identifier('id')}`);
  const application = database.$with('application', {}).as(
    database
      .insert(applications)
      .values({ id: sql.placeholder('id'), sealed: sql.placeholder('secrets'), createdAt: NOW_PARAM, stalls: 0 })
      .getSQL(),
  );
  const event = buildEventWrite(database, subscriptions, {
    rows: draft,
    draftId: draft.id,
    subject: draft.id,
    sequence: sql`0`,
    type: 'application.started',
  });
  const statement = database
    .with(draft, application, ...event)
    .select({ id: draft.id })
    .from(draft)
    .prepare('new_application');
  return (values: Record<string, unknown> & { id: string }, secrets: ApplicationSecrets) =>
    statement.execute({ ...values, secrets: encryptSecrets(values.id, secrets, keys) });
}
