import { sql } from 'drizzle-orm';
import type { Database } from './database.ts';
import { leases } from './schema.ts';

export type LeaseRepository = ReturnType<typeof createLeaseRepository>;

/**
 * Creates the repository of leases, with which one instance does shared work. A lease is no lock: while clocks differ, two
 * instances may hold it for a moment.
 *
 * @param holder the id of this instance
 * @returns `acquire`, which takes or extends a lease by `ms` milliseconds and returns whether this instance has it
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
