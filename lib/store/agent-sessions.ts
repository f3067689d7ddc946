import { and, desc, eq, gt, inArray, isNull, or, type SQL, sql } from 'drizzle-orm';
import type { Agent } from '../domain/assist/permissions.ts';
import { type Keys, seal, unseal } from '../security/sealed.ts';
import type { Database } from './database.ts';
import { agentSessions } from './schema.ts';
import { idOf, newToken } from './token.ts';

/** Twelve hours at most, half an hour without a request, a quarter on a shared device (NIST SP 800-63B, AAL2). */
const ABSOLUTE_MS = 12 * 3_600_000;
const IDLE_MS = 30 * 60_000;
const SHARED_IDLE_MS = 15 * 60_000;
/** Being seen is written down no more often than this. */
const SEEN_EVERY_MS = 30_000;

export type AgentSession = Agent & {
  id: string;
  isShared: boolean;
  /** The page that was locked because nobody was there; nothing is shown before the same person has signed in again. */
  lockedPath: string | undefined;
};
/** One of a person's sessions, as they see it. */
export type SeenSession = { id: string; createdAt: Date; seenAt: Date; isShared: boolean; isLocked: boolean };
type NewSession = Agent & { isShared: boolean; idToken: string };

const label = (id: string) => `id-token:${id}`;

export type AgentSessions = ReturnType<typeof agentSessionStore>;

/** Sessions of agents. Every look asks the database, so that what is revoked is gone at once, on every instance. */
export function agentSessionStore(database: Database, keys: Keys, now: () => Date) {
  const since = (ms: number) => new Date(now().getTime() - ms);

  /** Not run out, not rested too long, not revoked. */
  const isAlive = () =>
    and(
      isNull(agentSessions.revokedAt),
      gt(agentSessions.createdAt, since(ABSOLUTE_MS)),
      gt(agentSessions.seenAt, since(IDLE_MS)),
      or(eq(agentSessions.isShared, false), gt(agentSessions.seenAt, since(SHARED_IDLE_MS))),
    );

  async function revoke(where: SQL | undefined): Promise<number> {
    const rows = await database
      .update(agentSessions)
      .set({ revokedAt: now() })
      .where(and(where, isNull(agentSessions.revokedAt)))
      .returning({ id: agentSessions.id });
    return rows.length;
  }

  return {
    /** Begins a session under a new token; one that the browser had before is never taken over. */
    async create({ idToken, ...agent }: NewSession): Promise<string> {
      const token = newToken();
      const id = idOf(token);
      const sealedIdToken = seal(idToken, label(id), keys);
      await database.insert(agentSessions).values({ id, ...agent, sealedIdToken, createdAt: now(), seenAt: now() });
      return token;
    },

    /** The session behind a cookie's token, unless it has run out, rested too long or was revoked. */
    async find(token: string): Promise<AgentSession | undefined> {
      const [row] = await database
        .select()
        .from(agentSessions)
        .where(and(eq(agentSessions.id, idOf(token)), isAlive()));
      if (!row) return undefined;
      if (row.seenAt < since(SEEN_EVERY_MS)) {
        await database.update(agentSessions).set({ seenAt: now() }).where(eq(agentSessions.id, row.id));
      }
      const { id, subject, name, role, shop, isShared, lockedAt, lockedPath } = row;
      return { id, subject, name, role, shop, isShared, lockedPath: lockedAt ? (lockedPath ?? '') : undefined };
    },

    /** Locks a session on the page that it shows. One that is locked stays on the page that was locked first. */
    async lock(id: string, path: string): Promise<void> {
      const isOpen = and(eq(agentSessions.id, id), isNull(agentSessions.lockedAt));
      await database.update(agentSessions).set({ lockedAt: now(), lockedPath: path }).where(isOpen);
    },

    /** Ends a session. @returns what the identity provider wants to hear at log-out */
    async end(token: string): Promise<string | undefined> {
      const id = idOf(token);
      const [row] = await database.select().from(agentSessions).where(eq(agentSessions.id, id));
      await revoke(eq(agentSessions.id, id));
      return row && unseal(row.sealedIdToken, label(id), keys);
    },

    /** A person's sessions, the one that was used last first. */
    async listOf(subject: string): Promise<SeenSession[]> {
      const { id, createdAt, seenAt, isShared, lockedAt } = agentSessions;
      return database
        .select({ id, createdAt, seenAt, isShared, isLocked: sql<boolean>`${lockedAt} is not null` })
        .from(agentSessions)
        .where(and(eq(agentSessions.subject, subject), isAlive()))
        .orderBy(desc(seenAt));
    },

    /** Ends these sessions of a person, and nobody else's. @returns how many there were */
    endThose: (subject: string, ids: readonly string[]) =>
      revoke(and(eq(agentSessions.subject, subject), inArray(agentSessions.id, [...ids]))),

    /** Ends all sessions of one person, or everybody's. @returns how many there were */
    endAllOf: (subject: string | undefined) =>
      revoke(subject === undefined ? undefined : eq(agentSessions.subject, subject)),
  };
}
