import { and, eq, gt, isNotNull, isNull, type SQL } from 'drizzle-orm';
import type { Keys } from '../crypto/encryption.ts';
import { computeKeyedHash } from '../crypto/keyed-hash.ts';
import { isTokenId } from '../domain/text/ids.ts';
import type { Locale } from '../i18n/routing.ts';
import { type Case, type Customer, createCaseRepository } from './cases.ts';
import type { Database } from './database.ts';
import { decryptJson, encryptValue } from './encrypted-values.ts';
import type { RepositoryContext } from './repository-context.ts';
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
  const context = { database, keys, now };
  return {
    /** Creates a help request. @returns the token of the customer's device */
    create: (draftToken: string, lang: Locale) => insertRequest(context, draftToken, lang),

    /** Finds a help request by the token of the customer's device. */
    find: (token: string) => findRequest(context, eq(helpRequests.id, hashToken(token))),

    /** Finds a help request that the agent has claimed. */
    findClaimedBy: async (id: string, agent: string) =>
      isTokenId(id)
        ? findRequest(context, and(eq(helpRequests.id, id), eq(helpRequests.agent, agent)) as SQL)
        : undefined,

    /** Claims a request by its code for the first agent who enters it. The caller must count failed attempts. */
    claim: (code: string, agent: string, shop: string) =>
      updateOpenRequest(context, and(eq(helpRequests.codeHash, hashCode(code, keys)), isNull(helpRequests.agent)), {
        agent,
        shop,
      }),

    /**
     * Records that the customer accepts and creates the agent's case, in one transaction. The agent's page opens the case as
     * soon as it reads the new state.
     *
     * @returns the case; undefined when the request is not claimed, is closed or was accepted before
     */
    accept: (token: string, customer: Customer) => acceptRequest(context, token, customer),

    stop: (token: string) => updateOpenRequest(context, eq(helpRequests.id, hashToken(token)), { stoppedAt: now() }),
  };
}

const hashCode = (code: string, keys: Keys) => computeKeyedHash(normalizeCode(code), 'help', keys);

const isOpen = (now: () => Date) =>
  and(isNull(helpRequests.caseId), isNull(helpRequests.stoppedAt), gt(helpRequests.expiresAt, now()));

function decryptRequest(
  row: typeof helpRequests.$inferSelect,
  { keys, now }: RepositoryContext,
): HelpRequest | undefined {
  const { sealed, agent, shop, caseId, expiresAt, stoppedAt, id, digits, lang } = row;
  const secrets = decryptJson<{ draftToken: string; code: string }>('help', id, sealed, keys);
  if (!secrets) return undefined;
  const isClosed = stoppedAt !== null || (caseId === null && expiresAt <= now());
  const state = isClosed ? 'over' : caseId ? 'agreed' : agent ? 'met' : 'asked';
  const claimFields = { agent: agent ?? undefined, shop: shop ?? undefined, caseId: caseId ?? undefined };
  return { id, state, ...secrets, digits, lang, ...claimFields };
}

async function insertRequest(context: RepositoryContext, draftToken: string, lang: Locale): Promise<string> {
  const { database, keys, now } = context;
  const token = generateToken();
  const id = hashToken(token);
  const code = generateCode();
  await database.insert(helpRequests).values({
    id,
    sealed: encryptValue('help', id, JSON.stringify({ draftToken, code }), keys),
    codeHash: hashCode(code, keys),
    digits: generateConfirmationCode(),
    lang,
    createdAt: now(),
    expiresAt: new Date(now().getTime() + LIFETIME_MS),
  });
  return token;
}

async function findRequest(context: RepositoryContext, condition: SQL): Promise<HelpRequest | undefined> {
  const [row] = await context.database.select().from(helpRequests).where(condition);
  return row && decryptRequest(row, context);
}

async function updateOpenRequest(
  context: RepositoryContext,
  condition: SQL | undefined,
  columns: Partial<typeof helpRequests.$inferInsert>,
): Promise<HelpRequest | undefined> {
  const isMatch = and(condition, isOpen(context.now));
  const [row] = await context.database.update(helpRequests).set(columns).where(isMatch).returning();
  return row && decryptRequest(row, context);
}

function acceptRequest(context: RepositoryContext, token: string, customer: Customer): Promise<NewCase | undefined> {
  const { database, keys, now } = context;
  return database.transaction(async (transaction) => {
    const isClaimed = and(eq(helpRequests.id, hashToken(token)), isNotNull(helpRequests.agent), isOpen(now));
    const caseId = crypto.randomUUID();
    const [row] = await transaction.update(helpRequests).set({ caseId }).where(isClaimed).returning();
    if (!row?.agent || !row.shop) return undefined;
    const newCase = { id: caseId, shop: row.shop, agent: row.agent };
    await createCaseRepository(transaction, keys, now).create(newCase, customer);
    return newCase;
  });
}
