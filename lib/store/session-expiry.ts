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

/** Matches sessions that have neither expired nor been ended. */
export const isAlive = (now: Date) => and(isNull(revokedAt), isInTime(now));

/** Matches expired sessions that are not yet marked as ended. */
const isExpired = (now: Date) => and(isNull(revokedAt), not(isInTime(now)));

/**
 * Ends an expired session and appends `session.expire` to the audit in one transaction, once across all instances.
 *
 * @param id the session's id; a session that is alive, ended or missing stays unchanged
 * @returns whether this call ended it
 */
export const expireSession = (database: Database, now: Date, id: string): Promise<boolean> =>
  database.transaction(async (transaction) => {
    const isMatch = and(eq(agentSessions.id, id), isExpired(now));
    const [session] = await transaction.update(agentSessions).set({ revokedAt: now }).where(isMatch).returning();
    if (!session) return false;
    const { subject: actor, role, shop } = session;
    const entry: AuditEntry = {
      at: now.toISOString(),
      actor,
      role,
      shop,
      device: getDeviceName(id),
      action: 'session.expire',
      caseId: undefined,
      fields: [],
      source: undefined,
    };
    await createAuditLog(transaction).append(entry);
    return true;
  });

/** Ends up to `limit` expired sessions. @returns the number that this call ended */
export async function expireSessions(database: Database, now: Date, limit: number): Promise<number> {
  const rows = await database.select({ id: agentSessions.id }).from(agentSessions).where(isExpired(now)).limit(limit);
  let endedCount = 0;
  // One transaction for each session, so that agents' entries do not wait for the end of the audit's chain.
  for (const { id } of rows) if (await expireSession(database, now, id)) endedCount += 1;
  return endedCount;
}
