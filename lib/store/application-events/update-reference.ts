import { eq } from 'drizzle-orm';
import { decryptJson } from '../encrypted-values.ts';
import type { RepositoryContext } from '../repository-context.ts';
import { applications } from '../schema.ts';
import { type ApplicationSecrets, encryptSecrets } from './start.ts';

/**
 * Replaces the partner's reference of an application that another link continues, for its later events. Without webhooks there is
 * no application.
 */
export async function updateReference(
  { database, keys }: Pick<RepositoryContext, 'database' | 'keys'>,
  id: string,
  reference: string,
): Promise<void> {
  const isApplication = eq(applications.id, id);
  const [row] = await database.select({ sealed: applications.sealed }).from(applications).where(isApplication);
  const secrets = row && decryptJson<ApplicationSecrets>('application', id, row.sealed, keys);
  if (!secrets || secrets.reference === reference) return;
  const sealed = encryptSecrets(id, { ...secrets, reference }, keys);
  await database.update(applications).set({ sealed }).where(isApplication);
}
