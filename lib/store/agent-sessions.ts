import { and, desc, eq, gt, inArray, isNull, type SQL, sql } from 'drizzle-orm';
import type { Agent } from '../domain/assist/permissions.ts';
import type { Database } from './database.ts';
import { agentSessions } from './schema.ts';
import { expireSession, isAlive } from './session-expiry.ts';
import { generateToken, hashToken } from './token.ts';

/** A page that was locked may hand in its form again for so long. */
const LATE_FORM_MS = 10_000;
/** Being seen is written down no more often than this. */
const SEEN_INTERVAL_MS = 30_000;

export type AgentSession = Agent & {
  id: string;
  isShared: boolean;
  /** The page that was locked because nobody was there; nothing is shown before the same person has signed in again. */
  lockedPath: string | undefined;
};
/** One of a person's sessions, as they see it. */
export type AgentSessionOverview = { id: string; createdAt: Date; seenAt: Date; isShared: boolean; isLocked: boolean };
export type RevokedSession = { id: string; subject: string; shop: string };
type NewSession = Agent & { isShared: boolean };

export type AgentSessionRepository = ReturnType<typeof createAgentSessionRepository>;

/** Sessions of agents. Every look asks the database, so that what is revoked is gone at once, on every instance. */
export function createAgentSessionRepository(database: Database, now: () => Date) {
  const getTimeBefore = (ms: number) => new Date(now().getTime() - ms);

  async function revokeWhere(where: SQL | undefined): Promise<RevokedSession[]> {
    const { id, subject, shop } = agentSessions;
    return database
      .update(agentSessions)
      .set({ revokedAt: now() })
      .where(and(where, isNull(agentSessions.revokedAt)))
      .returning({ id, subject, shop });
  }

  /** Whether a row was changed. */
  async function update(columns: Partial<typeof agentSessions.$inferInsert>, where: SQL | undefined): Promise<boolean> {
    return (
      (await database.update(agentSessions).set(columns).where(where).returning({ id: agentSessions.id })).length > 0
    );
  }

  return {
    /** Begins a session under a new token; one that the browser had before is never taken over. */
    async create(agent: NewSession): Promise<string> {
      const token = generateToken();
      await database.insert(agentSessions).values({ id: hashToken(token), ...agent, createdAt: now(), seenAt: now() });
      return token;
    },

    /** The session behind a cookie's token, unless it was revoked or its time has run out; that goes to the audit once. */
    async find(token: string): Promise<AgentSession | undefined> {
      const [match] = await database
        .select({ row: agentSessions, isAlive: sql<boolean>`${isAlive(now())}` })
        .from(agentSessions)
        .where(eq(agentSessions.id, hashToken(token)));
      if (!match?.isAlive) {
        if (match && !match.row.revokedAt) await expireSession(database, now(), match.row.id);
        return undefined;
      }
      const { row } = match;
      if (row.seenAt < getTimeBefore(SEEN_INTERVAL_MS)) {
        await database.update(agentSessions).set({ seenAt: now() }).where(eq(agentSessions.id, row.id));
      }
      const { id, subject, name, role, shop, isShared, lockedAt, lockedPath } = row;
      return { id, subject, name, role, shop, isShared, lockedPath: lockedAt ? (lockedPath ?? '') : undefined };
    },

    /**
     * Locks a session on the page that it shows. One that is locked stays on the page that was locked first. That page may
     * hand in its form again, once and within seconds: its first answer may have been lost on the way.
     *
     * @returns `locked` by this call, `again` when the locked page may still hand in its form, otherwise `late`
     */
    async lock(id: string, path: string): Promise<'locked' | 'again' | 'late'> {
      const { lockedAt, lockedPath, lockedFormAt } = agentSessions;
      const isOpen = and(eq(agentSessions.id, id), isNull(lockedAt));
      const isNewlyLocked = await update({ lockedAt: now(), lockedPath: path }, isOpen);
      if (isNewlyLocked) return 'locked';
      const isSamePage = and(eq(agentSessions.id, id), eq(lockedPath, path), isNull(lockedFormAt));
      const isInTime = gt(lockedAt, getTimeBefore(LATE_FORM_MS));
      return (await update({ lockedFormAt: now() }, and(isSamePage, isInTime))) ? 'again' : 'late';
    },

    /** Ends a session. */
    async revoke(token: string): Promise<void> {
      await revokeWhere(eq(agentSessions.id, hashToken(token)));
    },

    /** A person's sessions, the one that was used last first. */
    async listBySubject(subject: string): Promise<AgentSessionOverview[]> {
      const { id, createdAt, seenAt, isShared, lockedAt } = agentSessions;
      return database
        .select({ id, createdAt, seenAt, isShared, isLocked: sql<boolean>`${lockedAt} is not null` })
        .from(agentSessions)
        .where(and(eq(agentSessions.subject, subject), isAlive(now())))
        .orderBy(desc(seenAt));
    },

    /** Ends these sessions of a person, and nobody else's. @returns those that it ended */
    revokeByIds: (subject: string, ids: readonly string[]) =>
      revokeWhere(and(eq(agentSessions.subject, subject), inArray(agentSessions.id, [...ids]))),

    /** Ends all sessions of one person, or everybody's. @returns those that it ended */
    revokeAll: (subject: string | undefined) =>
      revokeWhere(subject === undefined ? undefined : eq(agentSessions.subject, subject)),
  };
}
