import { eq } from 'drizzle-orm';
import type { Database } from './database.ts';
import { usedLinks } from './schema.ts';

export type UsedLinkRepository = ReturnType<typeof createUsedLinkRepository>;

/** Creates the repository of used partner links, which are stored until the links expire. */
export function createUsedLinkRepository(database: Database) {
  return {
    /** Marks a link as used. Returns false when any process has used it before. */
    async use(id: string, expiresAt: Date): Promise<boolean> {
      const rows = await database.insert(usedLinks).values({ id, expiresAt }).onConflictDoNothing().returning();
      return rows.length > 0;
    },

    /** Marks a link as unused: what it was used for failed. */
    async release(id: string): Promise<void> {
      await database.delete(usedLinks).where(eq(usedLinks.id, id));
    },
  };
}
