import type { Database } from './database.ts';
import { usedLinks } from './schema.ts';

export type UsedLinkRepository = ReturnType<typeof createUsedLinkRepository>;

/** Remembers the partner links that were used for as long as they could be used again. */
export function createUsedLinkRepository(database: Database) {
  return {
    /** Uses a link up. False when it was used before, by whichever process. */
    async use(id: string, expiresAt: Date): Promise<boolean> {
      const rows = await database.insert(usedLinks).values({ id, expiresAt }).onConflictDoNothing().returning();
      return rows.length > 0;
    },
  };
}
