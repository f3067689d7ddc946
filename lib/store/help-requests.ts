import { and, eq, gt, isNotNull, isNull, type SQL } from 'drizzle-orm';
import type { Keys } from '../crypto/encryption.ts';
import { computeKeyedHash } from '../crypto/keyed-hash.ts';
import { isTokenId } from '../domain/text/ids.ts';
import type { Locale } from '../i18n/routing.ts';
import { type Case, type Customer, createCaseRepository } from './cases.ts';
import type { Database } from './database.ts';
import { decryptJson, encryptValue } from './encrypted-values.ts';
import { helpRequests } from './schema.ts';
import { generateCode, generateConfirmationCode, normalizeCode } from './short-code.ts';
import { generateToken, hashToken } from './token.ts';

const LIFETIME_MS = 10 * 60_000;

export type HelpRequest = {
  id: string;
  /** `asked` until an agent has typed the code, `met` until the customer has agreed. */
  state: 'asked' | 'met' | 'agreed' | 'over';
  code: string;
  digits: string;
  lang: Locale;
  /** The customer's own draft. */
  draftToken: string;
  /** Who typed the code. */
  agent: string | undefined;
  shop: string | undefined;
  caseId: string | undefined;
};

type NewCase = Pick<Case, 'id' | 'shop' | 'agent'>;

export type HelpRequestRepository = ReturnType<typeof createHelpRequestRepository>;

/** Customers who let an agent go on with what they have begun: a code for ten minutes, used once, agreed to by the customer. */
export function createHelpRequestRepository(database: Database, keys: Keys, now: () => Date) {
  const hashCode = (code: string) => computeKeyedHash(normalizeCode(code), 'help', keys);
  const isOpen = () =>
    and(isNull(helpRequests.caseId), isNull(helpRequests.stoppedAt), gt(helpRequests.expiresAt, now()));

  function decryptRequest(row: typeof helpRequests.$inferSelect): HelpRequest | undefined {
    const { sealed, agent, shop, caseId, expiresAt, stoppedAt, id, digits, lang } = row;
    const secrets = decryptJson<{ draftToken: string; code: string }>('help', id, sealed, keys);
    if (!secrets) return undefined;
    const isClosed = stoppedAt !== null || (caseId === null && expiresAt <= now());
    const state = isClosed ? 'over' : caseId ? 'agreed' : agent ? 'met' : 'asked';
    const claimFields = { agent: agent ?? undefined, shop: shop ?? undefined, caseId: caseId ?? undefined };
    return { id, state, ...secrets, digits, lang, ...claimFields };
  }

  async function findBy(condition: SQL): Promise<HelpRequest | undefined> {
    const [row] = await database.select().from(helpRequests).where(condition);
    return row && decryptRequest(row);
  }

  async function updateOpen(condition: SQL | undefined, columns: Partial<typeof helpRequests.$inferInsert>) {
    const [row] = await database.update(helpRequests).set(columns).where(and(condition, isOpen())).returning();
    return row && decryptRequest(row);
  }

  return {
    /** @returns what the customer's device keeps */
    async create(draftToken: string, lang: Locale): Promise<string> {
      const token = generateToken();
      const id = hashToken(token);
      const code = generateCode();
      await database.insert(helpRequests).values({
        ...{
          id,
          sealed: encryptValue('help', id, JSON.stringify({ draftToken, code }), keys),
          codeHash: hashCode(code),
        },
        ...{
          digits: generateConfirmationCode(),
          lang,
          createdAt: now(),
          expiresAt: new Date(now().getTime() + LIFETIME_MS),
        },
      });
      return token;
    },

    /** By what the customer's device keeps. */
    find: (token: string) => findBy(eq(helpRequests.id, hashToken(token))),

    /** Of one agent, who has typed its code. */
    findClaimedBy: async (id: string, agent: string) =>
      isTokenId(id) ? findBy(and(eq(helpRequests.id, id), eq(helpRequests.agent, agent)) as SQL) : undefined,

    /** An agent types a code: the first one to do so has met the customer. Whoever offers this counts the wrong ones. */
    claim: (code: string, agent: string, shop: string) =>
      updateOpen(and(eq(helpRequests.codeHash, hashCode(code)), isNull(helpRequests.agent)), { agent, shop }),

    /**
     * The customer agrees, once, and a case of the agent begins with it: both or neither. The agent's page goes to the case
     * as soon as it reads of the yes.
     *
     * @returns the case; undefined when the request was not claimed, is closed or was agreed to before
     */
    accept: (token: string, customer: Customer): Promise<NewCase | undefined> =>
      database.transaction(async (transaction) => {
        const isClaimed = and(eq(helpRequests.id, hashToken(token)), isNotNull(helpRequests.agent), isOpen());
        const caseId = crypto.randomUUID();
        const [row] = await transaction.update(helpRequests).set({ caseId }).where(isClaimed).returning();
        if (!row?.agent || !row.shop) return undefined;
        const newCase = { id: caseId, shop: row.shop, agent: row.agent };
        await createCaseRepository(transaction, keys, now).create(newCase, customer);
        return newCase;
      }),

    stop: (token: string) => updateOpen(eq(helpRequests.id, hashToken(token)), { stoppedAt: now() }),
  };
}
