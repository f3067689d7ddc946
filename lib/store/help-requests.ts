import { and, eq, gt, isNotNull, isNull, type SQL } from 'drizzle-orm';
import type { Keys } from '../crypto/encryption.ts';
import { keyedHash } from '../crypto/keyed-hash.ts';
import { isTokenId } from '../domain/text/ids.ts';
import { type Case, type Customer, caseStore } from './cases.ts';
import type { Database } from './database.ts';
import { decryptJson, encryptValue } from './encrypted-values.ts';
import { helpRequests } from './schema.ts';
import { newCode, newDigits, plainCode } from './short-code.ts';
import { idOf, newToken } from './token.ts';

const LIFE_MS = 10 * 60_000;

export type HelpRequest = {
  id: string;
  /** `asked` until an agent has typed the code, `met` until the customer has agreed. */
  state: 'asked' | 'met' | 'agreed' | 'over';
  code: string;
  digits: string;
  lang: 'en' | 'es';
  /** The customer's own draft. */
  draftToken: string;
  /** Who typed the code. */
  agent: string | undefined;
  shop: string | undefined;
  caseId: string | undefined;
};

type NewCase = Pick<Case, 'id' | 'shop' | 'agent'>;

export type HelpRequests = ReturnType<typeof helpRequestStore>;

/** Customers who let an agent go on with what they have begun: a code for ten minutes, used once, agreed to by the customer. */
export function helpRequestStore(database: Database, keys: Keys, now: () => Date) {
  const codeHashOf = (code: string) => keyedHash(plainCode(code), 'help', keys);
  const isOpen = () =>
    and(isNull(helpRequests.caseId), isNull(helpRequests.stoppedAt), gt(helpRequests.expiresAt, now()));

  function opened(found: typeof helpRequests.$inferSelect): HelpRequest | undefined {
    const { sealed, agent, shop, caseId, expiresAt, stoppedAt, id, digits, lang } = found;
    const kept = decryptJson<{ draftToken: string; code: string }>('help', id, sealed, keys);
    if (!kept) return undefined;
    const isOver = stoppedAt !== null || (caseId === null && expiresAt <= now());
    const state = isOver ? 'over' : caseId ? 'agreed' : agent ? 'met' : 'asked';
    const known = { agent: agent ?? undefined, shop: shop ?? undefined, caseId: caseId ?? undefined };
    return { id, state, ...kept, digits, lang, ...known };
  }

  async function findBy(isIt: SQL): Promise<HelpRequest | undefined> {
    const [row] = await database.select().from(helpRequests).where(isIt);
    return row && opened(row);
  }

  async function change(isIt: SQL | undefined, set: Partial<typeof helpRequests.$inferInsert>) {
    const [row] = await database.update(helpRequests).set(set).where(and(isIt, isOpen())).returning();
    return row && opened(row);
  }

  return {
    /** @returns what the customer's device keeps */
    async create(draftToken: string, lang: 'en' | 'es'): Promise<string> {
      const token = newToken();
      const id = idOf(token);
      const code = newCode();
      await database.insert(helpRequests).values({
        ...{
          id,
          sealed: encryptValue('help', id, JSON.stringify({ draftToken, code }), keys),
          codeHash: codeHashOf(code),
        },
        ...{ digits: newDigits(), lang, createdAt: now(), expiresAt: new Date(now().getTime() + LIFE_MS) },
      });
      return token;
    },

    /** By what the customer's device keeps. */
    find: (token: string) => findBy(eq(helpRequests.id, idOf(token))),

    /** Of one agent, who has typed its code. */
    metBy: async (id: string, agent: string) =>
      isTokenId(id) ? findBy(and(eq(helpRequests.id, id), eq(helpRequests.agent, agent)) as SQL) : undefined,

    /** An agent types a code: the first one to do so has met the customer. Whoever offers this counts the wrong ones. */
    meet: (code: string, agent: string, shop: string) =>
      change(and(eq(helpRequests.codeHash, codeHashOf(code)), isNull(helpRequests.agent)), { agent, shop }),

    /**
     * The customer agrees, once, and a case of the agent begins with it: both or neither. The agent's page goes to the case
     * as soon as it reads of the yes.
     *
     * @returns the case; undefined when the request was not claimed, is closed or was agreed to before
     */
    agree: (token: string, customer: Customer): Promise<NewCase | undefined> =>
      database.transaction(async (transaction) => {
        const isClaimed = and(eq(helpRequests.id, idOf(token)), isNotNull(helpRequests.agent), isOpen());
        const caseId = crypto.randomUUID();
        const [row] = await transaction.update(helpRequests).set({ caseId }).where(isClaimed).returning();
        if (!row?.agent || !row.shop) return undefined;
        const created = { id: caseId, shop: row.shop, agent: row.agent };
        await caseStore(transaction, keys, now).create(created, customer);
        return created;
      }),

    stop: (token: string) => change(eq(helpRequests.id, idOf(token)), { stoppedAt: now() }),
  };
}
