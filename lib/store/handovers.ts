import { and, desc, eq, gt, isNull, type SQL } from 'drizzle-orm';
import type { HandoverState } from '../domain/assist/case-state.ts';
import { keyedHash } from '../security/keyed-hash.ts';
import type { Keys } from '../security/sealed.ts';
import type { Database } from './database.ts';
import { decryptJson, encryptValue } from './encrypted-values.ts';
import { handovers } from './schema.ts';
import { newCode, newDigits, plainCode } from './short-code.ts';
import { idOf, newToken } from './token.ts';

const LIFE_MS = 10 * 60_000;

export type Handover = {
  id: string;
  caseId: string;
  state: HandoverState;
  token: string;
  code: string;
  digits: string;
  expiresAt: Date;
};

export type Handovers = ReturnType<typeof handoverStore>;

/** Ways for a customer's device into a case: used once, for ten minutes, and stopped by either side. */
export function handoverStore(database: Database, keys: Keys, now: () => Date) {
  const codeHashOf = (code: string) => keyedHash(plainCode(code), 'handover', keys);
  const isFree = () => and(isNull(handovers.openedAt), isNull(handovers.stoppedAt), gt(handovers.expiresAt, now()));

  function opened({
    id,
    caseId,
    sealed,
    digits,
    expiresAt,
    openedAt,
    stoppedAt,
  }: typeof handovers.$inferSelect): Handover | undefined {
    const ways = decryptJson<{ token: string; code: string }>('handover', id, sealed, keys);
    if (!ways) return undefined;
    const isOver = expiresAt <= now();
    const state = stoppedAt ? 'stopped' : openedAt ? 'opened' : isOver ? 'expired' : 'waiting';
    return { id, caseId, state, ...ways, digits: digits ?? '', expiresAt };
  }

  async function findBy(isIt: SQL): Promise<Handover | undefined> {
    const [row] = await database.select().from(handovers).where(and(isIt, isFree()));
    return row && opened(row);
  }

  async function stop(caseId: string): Promise<void> {
    const open = and(eq(handovers.caseId, caseId), isNull(handovers.stoppedAt));
    await database.update(handovers).set({ stoppedAt: now() }).where(open);
  }

  return {
    /** Makes a new way in; the ones from before lead nowhere any more. @returns its id, for `open` */
    async create(caseId: string): Promise<string> {
      await stop(caseId);
      const token = newToken();
      const code = newCode();
      const id = idOf(token);
      await database.insert(handovers).values({
        ...{
          id,
          caseId,
          sealed: encryptValue('handover', id, JSON.stringify({ token, code }), keys),
          codeHash: codeHashOf(code),
        },
        digits: newDigits(),
        ...{ createdAt: now(), expiresAt: new Date(now().getTime() + LIFE_MS) },
      });
      return id;
    },

    /** The way in behind a link's token, while it can be used. */
    find: (token: string) => findBy(eq(handovers.id, idOf(token))),

    /** The way in behind a code that was typed. Whoever offers this counts the wrong ones: codes can be guessed. */
    findByCode: (code: string) => findBy(eq(handovers.codeHash, codeHashOf(code))),

    /** Uses it up. @returns what the customer's device keeps from now on; undefined when somebody else was first */
    async open(id: string): Promise<string | undefined> {
      const device = newToken();
      const rows = await database
        .update(handovers)
        .set({ openedAt: now(), deviceHash: idOf(device) })
        .where(and(eq(handovers.id, id), isFree()))
        .returning({ id: handovers.id });
      return rows.length > 0 ? device : undefined;
    },

    /** The case that a customer's device is in, unless it was stopped. */
    async caseOf(device: string): Promise<string | undefined> {
      const isIt = and(eq(handovers.deviceHash, idOf(device)), isNull(handovers.stoppedAt));
      const [row] = await database.select({ caseId: handovers.caseId }).from(handovers).where(isIt);
      return row?.caseId;
    },

    async latest(caseId: string): Promise<Handover | undefined> {
      const [row] = await database
        .select()
        .from(handovers)
        .where(eq(handovers.caseId, caseId))
        .orderBy(desc(handovers.createdAt))
        .limit(1);
      return row && opened(row);
    },

    stop,
  };
}
