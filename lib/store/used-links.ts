import { lt } from 'drizzle-orm';
import type { Database } from './database.ts';
import { usedLinks } from './schema.ts';

export type UsedLinks = ReturnType<typeof usedLinkStore>;

/** Remembers the partner links that were used for as long as they could be used again. */
export function usedLinkStore(database: Database, now: () => Date) {
  return {
    /** Uses a link up. False when it was used before, by whichever process. */
    async use(id: string, expiresAt: Date): Promise<boolean> {
      await database.delete(usedLinks).where(lt(usedLinks.expiresAt, now()));
      const rows = await database.insert(usedLinks).values({ id, expiresAt }).onConflictDoNothing().returning();
      return rows.length > 0;
    },
  };
}
