import { sql } from 'drizzle-orm';
import type { Database } from './database.ts';
import { leases } from './schema.ts';

export type LeaseRepository = ReturnType<typeof createLeaseRepository>;

/**
 * Work that one instance does for all. A lease saves work and arbitrates nothing: with two clocks that differ, two instances
 * may hold one for a moment.
 *
 * @param holder this instance
 * @returns `hold`, which takes the lease or prolongs it by so many milliseconds, and says whether this instance has it now
 */
export function createLeaseRepository(database: Database, now: () => Date, holder: string = crypto.randomUUID()) {
  return {
    async acquire(name: string, ms: number): Promise<boolean> {
      const lease = { holder, expiresAt: new Date(now().getTime() + ms) };
      const rows = await database
        .insert(leases)
        .values({ name, ...lease })
        .onConflictDoUpdate({
          target: leases.name,
          set: lease,
          setWhere: sql`${leases.holder} = ${holder}::text or ${leases.expiresAt} <= ${now().toISOString()}::timestamptz`,
        })
        .returning({ name: leases.name });
      return rows.length > 0;
    },
  };
}
