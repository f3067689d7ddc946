import { and, eq, gt, isNull, not, or, type SQL, sql } from 'drizzle-orm';
import { type AuditEntry, getDeviceName } from '../domain/assist/audit.ts';
import { HOUR_MS, MINUTE_MS } from '../domain/time.ts';
import { createAuditLog } from './audit-log.ts';
import type { Database } from './database.ts';
import { agentSessions } from './schema.ts';

/** Twelve hours at most, half an hour without a request, a quarter on a shared device (NIST SP 800-63B, AAL2). */
const ABSOLUTE_MS = 12 * HOUR_MS;
const IDLE_MS = 30 * MINUTE_MS;
const SHARED_IDLE_MS = 15 * MINUTE_MS;

const { createdAt, seenAt, isShared, revokedAt } = agentSessions;
const getStart = (now: Date, ms: number) => new Date(now.getTime() - ms);

const isInTime = (now: Date): SQL =>
  sql`(${and(
    gt(createdAt, getStart(now, ABSOLUTE_MS)),
    gt(seenAt, getStart(now, IDLE_MS)),
    or(eq(isShared, false), gt(seenAt, getStart(now, SHARED_IDLE_MS))),
  )})`;

/** The condition of sessions that neither their time nor a person has ended. */
export const isAlive = (now: Date) => and(isNull(revokedAt), isInTime(now));

/** The condition of sessions that their time has ended and that nothing has marked as ended yet. */
const isExpired = (now: Date) => and(isNull(revokedAt), not(isInTime(now)));

/**
 * Ends a session whose time has run out and appends `session.expire` to the audit: both or neither, and once, however many
 * requests and instances notice it.
 *
 * @param id of the session; nothing happens when it is alive, has been ended before or does not exist
 * @returns whether this call ended it
 */
export const expireSession = (database: Database, now: Date, id: string): Promise<boolean> =>
  database.transaction(async (transaction) => {
    const isMatch = and(eq(agentSessions.id, id), isExpired(now));
    const [session] = await transaction.update(agentSessions).set({ revokedAt: now }).where(isMatch).returning();
    if (!session) return false;
    const { subject: actor, role, shop } = session;
    const entry: AuditEntry = {
      ...{ at: now.toISOString(), actor, role, shop, device: getDeviceName(id) },
      ...{ action: 'session.expire', caseId: undefined, fields: [], source: undefined },
    };
    await createAuditLog(transaction).append(entry);
    return true;
  });

/** Ends up to `limit` sessions whose time has run out. @returns how many this call ended */
export async function expireSessions(database: Database, now: Date, limit: number): Promise<number> {
  const rows = await database.select({ id: agentSessions.id }).from(agentSessions).where(isExpired(now)).limit(limit);
  let endedCount = 0;
  // One transaction each: the end of the audit's chain is not kept from agents who are at work.
  for (const { id } of rows) if (await expireSession(database, now, id)) endedCount += 1;
  return endedCount;
}
