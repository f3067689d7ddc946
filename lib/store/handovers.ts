import { and, desc, eq, isNull, type SQL } from 'drizzle-orm';
import type { Keys } from '../crypto/encryption.ts';
import { computeKeyedHash } from '../crypto/keyed-hash.ts';
import type { Database } from './database.ts';
import { encryptValue } from './encrypted-values.ts';
import { createHandoverDevices } from './handover-devices.ts';
import { decryptHandover, type Handover, isHandoverFree } from './handover-rows.ts';
import type { RepositoryContext } from './repository-context.ts';
import { handovers } from './schema.ts';
import { generateCode, normalizeCode } from './short-code.ts';
import { generateToken, hashToken } from './token.ts';

const LIFETIME_MS = 10 * 60_000;

export type HandoverRepository = ReturnType<typeof createHandoverRepository>;

/**
 * Creates the repository of hand-overs, which give a customer's device access to a case for ten minutes, until either side
 * stops them. Each device shows its own confirmation code, and only the device that the agent confirms gets the case.
 */
export function createHandoverRepository(database: Database, keys: Keys, now: () => Date) {
  const context = { database, keys, now };
  return {
    ...createHandoverDevices(context),

    /** Creates a hand-over. @returns its id */
    create: (caseId: string): Promise<string> => insertHandover(context, caseId, null),

    /** Hands a case to a device that the customer has accepted. @returns the device's token */
    async createOpened(caseId: string): Promise<string> {
      const device = generateToken();
      await insertHandover(context, caseId, hashToken(device));
      return device;
    },

    /** Finds the open hand-over of a link's token. */
    find: (token: string) => findFree(context, eq(handovers.id, hashToken(token))),

    /** Finds the open hand-over of a code. The caller must count failed attempts, because codes can be guessed. */
    findByCode: (code: string) => findFree(context, eq(handovers.codeHash, hashCode(code, keys))),

    /** Finds the case of a customer's device, unless it was stopped. */
    async findCaseId(device: string): Promise<string | undefined> {
      const isMatch = and(eq(handovers.deviceHash, hashToken(device)), isNull(handovers.stoppedAt));
      const [row] = await database.select({ caseId: handovers.caseId }).from(handovers).where(isMatch);
      return row?.caseId;
    },

    async findLatest(caseId: string): Promise<Handover | undefined> {
      const isOfCase = eq(handovers.caseId, caseId);
      const latest = database.select().from(handovers).where(isOfCase).orderBy(desc(handovers.createdAt)).limit(1);
      const [row] = await latest;
      return row && decryptHandover(row, context);
    },

    /** Stops the hand-overs of a case. */
    stop: (caseId: string) => stopHandovers(context, caseId),
  };
}

const hashCode = (code: string, keys: Keys) => computeKeyedHash(normalizeCode(code), 'handover', keys);

async function findFree(context: RepositoryContext, condition: SQL): Promise<Handover | undefined> {
  const isMatch = and(condition, isHandoverFree(context.now));
  const [row] = await context.database.select().from(handovers).where(isMatch);
  return row && decryptHandover(row, context);
}

async function stopHandovers({ database, now }: RepositoryContext, caseId: string): Promise<void> {
  const open = and(eq(handovers.caseId, caseId), isNull(handovers.stoppedAt));
  await database.update(handovers).set({ stoppedAt: now() }).where(open);
}

/** Creates a hand-over and stops the earlier ones. @param device the device that already has the case */
async function insertHandover(context: RepositoryContext, caseId: string, device: string | null): Promise<string> {
  const { database, keys, now } = context;
  await stopHandovers(context, caseId);
  const [token, code] = [generateToken(), generateCode()];
  const id = hashToken(token);
  await database.insert(handovers).values({
    id,
    caseId,
    sealed: encryptValue('handover', id, JSON.stringify({ token, code }), keys),
    codeHash: hashCode(code, keys),
    createdAt: now(),
    expiresAt: new Date(now().getTime() + LIFETIME_MS),
    openedAt: device === null ? null : now(),
    deviceHash: device,
  });
  return id;
}
