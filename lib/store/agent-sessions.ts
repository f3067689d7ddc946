import { and, desc, eq, gt, inArray, isNull, type SQL, sql } from 'drizzle-orm';
import type { Agent } from '../domain/assist/permissions.ts';
import type { Database } from './database.ts';
import type { RepositoryContext } from './repository-context.ts';
import { agentSessions } from './schema.ts';
import { expireSession, isAlive } from './session-expiry.ts';
import { generateToken, hashToken } from './token.ts';

/** How long a locked page may post its form again, in milliseconds. */
const LATE_FORM_MS = 10_000;
/** The shortest time between two writes of `seenAt`, in milliseconds. */
const SEEN_INTERVAL_MS = 30_000;

export type AgentSession = Agent & {
  id: string;
  isShared: boolean;
  /** The page that was locked for inactivity. Pages show nothing until the same agent has signed in again. */
  lockedPath: string | undefined;
};
/** One of the agent's own sessions. */
export type AgentSessionOverview = { id: string; createdAt: Date; seenAt: Date; isShared: boolean; isLocked: boolean };
export type RevokedSession = { id: string; subject: string; shop: string };
type NewSession = Agent & { isShared: boolean };

export type AgentSessionRepository = ReturnType<typeof createAgentSessionRepository>;

/** Creates the repository of agents' sessions. It never caches, so a revoked session ends at once on every instance. */
export function createAgentSessionRepository(database: Database, now: () => Date) {
  const context = { database, now };
  return { ...createSessionUse(context), ...createSessionRevocation(context) };
}

type SessionContext = Omit<RepositoryContext, 'keys'>;

const getTimeBefore = (now: () => Date, ms: number) => new Date(now().getTime() - ms);

function createSessionUse({ database, now }: SessionContext) {
  return {
    /** Creates a session with a new token, which prevents session fixation. */
    async create(agent: NewSession): Promise<string> {
      const token = generateToken();
      await database.insert(agentSessions).values({ id: hashToken(token), ...agent, createdAt: now(), seenAt: now() });
      return token;
    },

    /** Finds the live session of a cookie's token. An expired session is ended, with one entry in the audit. */
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
      if (row.seenAt < getTimeBefore(now, SEEN_INTERVAL_MS)) {
        await database.update(agentSessions).set({ seenAt: now() }).where(eq(agentSessions.id, row.id));
      }
      const { id, subject, name, role, shop, isShared, lockedAt, lockedPath } = row;
      return { id, subject, name, role, shop, isShared, lockedPath: lockedAt ? (lockedPath ?? '') : undefined };
    },

    /**
     * Locks a session on its page. A locked session stays on its first page, which may post its form once more within seconds:
     * the answer to its first post may have been lost.
     *
     * @returns `locked` by this call, `again` when the locked page may still post its form, otherwise `late`
     */
    async lock(id: string, path: string): Promise<'locked' | 'again' | 'late'> {
      const { lockedAt, lockedPath, lockedFormAt } = agentSessions;
      const isOpen = and(eq(agentSessions.id, id), isNull(lockedAt));
      const isNewlyLocked = await updateSessions(database, { lockedAt: now(), lockedPath: path }, isOpen);
      if (isNewlyLocked) return 'locked';
      const isSamePage = and(eq(agentSessions.id, id), eq(lockedPath, path), isNull(lockedFormAt));
      const isInTime = gt(lockedAt, getTimeBefore(now, LATE_FORM_MS));
      return (await updateSessions(database, { lockedFormAt: now() }, and(isSamePage, isInTime))) ? 'again' : 'late';
    },
  };
}

/** Updates sessions. @returns whether a row was changed */
async function updateSessions(
  database: Database,
  columns: Partial<typeof agentSessions.$inferInsert>,
  where: SQL | undefined,
): Promise<boolean> {
  const update = database.update(agentSessions).set(columns).where(where);
  return (await update.returning({ id: agentSessions.id })).length > 0;
}

function createSessionRevocation(context: SessionContext) {
  const { database, now } = context;
  return {
    async revoke(token: string): Promise<void> {
      await revokeSessions(context, eq(agentSessions.id, hashToken(token)));
    },

    /** Lists an agent's sessions, the most recently used first. */
    async listBySubject(subject: string): Promise<AgentSessionOverview[]> {
      const { id, createdAt, seenAt, isShared, lockedAt } = agentSessions;
      return database
        .select({ id, createdAt, seenAt, isShared, isLocked: sql<boolean>`${lockedAt} is not null` })
        .from(agentSessions)
        .where(and(eq(agentSessions.subject, subject), isAlive(now())))
        .orderBy(desc(seenAt));
    },

    /** Finds the names that agents had at their latest sign-in which is still stored, by subject. */
    async findNames(subjects: readonly string[]): Promise<Map<string, string>> {
      const { subject, name, createdAt } = agentSessions;
      const rows = await database
        .select({ subject, name })
        .from(agentSessions)
        .where(inArray(subject, [...subjects]))
        .orderBy(createdAt);
      return new Map(rows.map((row) => [row.subject, row.name]));
    },

    /** Ends these sessions if they belong to the agent. @returns the ended sessions */
    revokeByIds: (subject: string, ids: readonly string[]) =>
      revokeSessions(context, and(eq(agentSessions.subject, subject), inArray(agentSessions.id, [...ids]))),

    /** Ends all sessions of one agent, or of all agents. @returns the ended sessions */
    revokeAll: (subject: string | undefined) =>
      revokeSessions(context, subject === undefined ? undefined : eq(agentSessions.subject, subject)),
  };
}

async function revokeSessions({ database, now }: SessionContext, where: SQL | undefined): Promise<RevokedSession[]> {
  const { id, subject, shop } = agentSessions;
  return database
    .update(agentSessions)
    .set({ revokedAt: now() })
    .where(and(where, isNull(agentSessions.revokedAt)))
    .returning({ id, subject, shop });
}
