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
  /** `asked` until an agent enters the code, `met` until the customer accepts. */
  state: 'asked' | 'met' | 'agreed' | 'over';
  code: string;
  digits: string;
  lang: Locale;
  /** The token of the customer's own draft. */
  draftToken: string;
  /** The agent who entered the code. */
  agent: string | undefined;
  shop: string | undefined;
  caseId: string | undefined;
};

type NewCase = Pick<Case, 'id' | 'shop' | 'agent'>;

export type HelpRequestRepository = ReturnType<typeof createHelpRequestRepository>;

/** Creates the repository of help requests: an agent enters the customer's code within ten minutes and the customer accepts. */
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
    /** Creates a help request. @returns the token of the customer's device */
    async create(draftToken: string, lang: Locale): Promise<string> {
      const token = generateToken();
      const id = hashToken(token);
      const code = generateCode();
      await database.insert(helpRequests).values({
        id,
        sealed: encryptValue('help', id, JSON.stringify({ draftToken, code }), keys),
        codeHash: hashCode(code),
        digits: generateConfirmationCode(),
        lang,
        createdAt: now(),
        expiresAt: new Date(now().getTime() + LIFETIME_MS),
      });
      return token;
    },

    /** Finds a help request by the token of the customer's device. */
    find: (token: string) => findBy(eq(helpRequests.id, hashToken(token))),

    /** Finds a help request that the agent has claimed. */
    findClaimedBy: async (id: string, agent: string) =>
      isTokenId(id) ? findBy(and(eq(helpRequests.id, id), eq(helpRequests.agent, agent)) as SQL) : undefined,

    /** Claims a request by its code for the first agent who enters it. The caller must count failed attempts. */
    claim: (code: string, agent: string, shop: string) =>
      updateOpen(and(eq(helpRequests.codeHash, hashCode(code)), isNull(helpRequests.agent)), { agent, shop }),

    /**
     * Records that the customer accepts and creates the agent's case, in one transaction. The agent's page opens the case as
     * soon as it reads the new state.
     *
     * @returns the case; undefined when the request is not claimed, is closed or was accepted before
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
