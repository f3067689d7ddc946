import { and, asc, desc, eq, gt, inArray, isNull, type SQL } from 'drizzle-orm';
import type { Keys } from '../crypto/encryption.ts';
import { computeKeyedHash } from '../crypto/keyed-hash.ts';
import type { HandoverState } from '../domain/assist/case-state.ts';
import type { Database } from './database.ts';
import { decryptJson, encryptValue } from './encrypted-values.ts';
import { handoverDevices, handovers } from './schema.ts';
import { generateCode, generateConfirmationCode, normalizeCode } from './short-code.ts';
import { generateToken, hashToken } from './token.ts';

const LIFETIME_MS = 10 * 60_000;
/** Enough for a customer who tries again, and few enough for an agent to distinguish. */
const MAX_DEVICES = 5;
/** Two devices that draw the same code draw again; more attempts indicate another problem. */
const MAX_ATTEMPTS = 50;

export type Handover = {
  id: string;
  caseId: string;
  state: HandoverState;
  token: string;
  code: string;
  expiresAt: Date;
};

/** A device that opened a hand-over, with its confirmation code. */
export type HandoverDevice = { id: string; digits: string };

/** A device's progress: `waiting` for the agent, `confirmed`, or `over` because another device was confirmed or it ended. */
export type DeviceProgress = { caseId: string; digits: string; state: 'waiting' | 'confirmed' | 'over' };

export type HandoverRepository = ReturnType<typeof createHandoverRepository>;

/**
 * Creates the repository of hand-overs, which give a customer's device access to a case for ten minutes, until either side
 * stops them. Each device shows its own confirmation code, and only the device that the agent confirms gets the case.
 */
export function createHandoverRepository(database: Database, keys: Keys, now: () => Date) {
  const hashCode = (code: string) => computeKeyedHash(normalizeCode(code), 'handover', keys);
  const isFree = () => and(isNull(handovers.openedAt), isNull(handovers.stoppedAt), gt(handovers.expiresAt, now()));

  function decryptHandover({
    id,
    caseId,
    sealed,
    expiresAt,
    openedAt,
    stoppedAt,
  }: typeof handovers.$inferSelect): Handover | undefined {
    const secrets = decryptJson<{ token: string; code: string }>('handover', id, sealed, keys);
    if (!secrets) return undefined;
    const isExpired = expiresAt <= now();
    const state = stoppedAt ? 'stopped' : openedAt ? 'opened' : isExpired ? 'expired' : 'waiting';
    return { id, caseId, state, ...secrets, expiresAt };
  }

  async function findBy(condition: SQL): Promise<Handover | undefined> {
    const [row] = await database.select().from(handovers).where(and(condition, isFree()));
    return row && decryptHandover(row);
  }

  async function stop(caseId: string): Promise<void> {
    const open = and(eq(handovers.caseId, caseId), isNull(handovers.stoppedAt));
    await database.update(handovers).set({ stoppedAt: now() }).where(open);
  }

  /** Creates a hand-over and stops the earlier ones. @param device the device that already has the case */
  async function insert(caseId: string, device: string | null): Promise<string> {
    await stop(caseId);
    const [token, code] = [generateToken(), generateCode()];
    const id = hashToken(token);
    await database.insert(handovers).values({
      id,
      caseId,
      sealed: encryptValue('handover', id, JSON.stringify({ token, code }), keys),
      codeHash: hashCode(code),
      createdAt: now(),
      expiresAt: new Date(now().getTime() + LIFETIME_MS),
      openedAt: device === null ? null : now(),
      deviceHash: device,
    });
    return id;
  }

  /** Lists the waiting devices of a hand-over, the earliest first. */
  function listDevices(handoverId: string): Promise<HandoverDevice[]> {
    return database
      .select({ id: handoverDevices.id, digits: handoverDevices.digits })
      .from(handoverDevices)
      .where(eq(handoverDevices.handoverId, handoverId))
      .orderBy(asc(handoverDevices.createdAt));
  }

  return {
    listDevices,

    /** Creates a hand-over. @returns its id */
    create: (caseId: string): Promise<string> => insert(caseId, null),

    /** Hands a case to a device that the customer has accepted. @returns the device's token */
    async createOpened(caseId: string): Promise<string> {
      const device = generateToken();
      await insert(caseId, hashToken(device));
      return device;
    },

    /** Finds the open hand-over of a link's token. */
    find: (token: string) => findBy(eq(handovers.id, hashToken(token))),

    /** Finds the open hand-over of a code. The caller must count failed attempts, because codes can be guessed. */
    findByCode: (code: string) => findBy(eq(handovers.codeHash, hashCode(code))),

    /**
     * Adds a waiting device with a confirmation code that no other device of the hand-over shows.
     *
     * @returns the device's token; undefined when too many devices wait
     */
    async addDevice({ id, expiresAt }: Pick<Handover, 'id' | 'expiresAt'>): Promise<string | undefined> {
      if ((await listDevices(id)).length >= MAX_DEVICES) return undefined;
      const token = generateToken();
      for (let round = 0; round < MAX_ATTEMPTS; round += 1) {
        const device = {
          id: hashToken(token),
          handoverId: id,
          digits: generateConfirmationCode(),
          createdAt: now(),
          expiresAt,
        };
        const rows = await database.insert(handoverDevices).values(device).onConflictDoNothing().returning();
        if (rows.length > 0) return token;
      }
      throw new Error('No digits were left for another device of a hand-over');
    },

    /** Finds the progress of a device by its token. */
    async findDevice(token: string): Promise<DeviceProgress | undefined> {
      const [row] = await database
        .select({ handover: handovers, device: handoverDevices })
        .from(handoverDevices)
        .innerJoin(handovers, eq(handovers.id, handoverDevices.handoverId))
        .where(eq(handoverDevices.id, hashToken(token)));
      const handover = row && decryptHandover(row.handover);
      if (!handover) return undefined;
      const { state, caseId } = handover;
      const isConfirmed = state === 'opened' && row.handover.deviceHash === row.device.id;
      return {
        caseId,
        digits: row.device.digits,
        state: isConfirmed ? 'confirmed' : state === 'waiting' ? state : 'over',
      };
    },

    /** Gives the case to one waiting device, once. @returns whether this call did */
    confirm: (caseId: string, deviceId: string): Promise<boolean> =>
      database.transaction(async (transaction) => {
        const isDevice = eq(handoverDevices.id, deviceId);
        const handoverOfDevice = transaction
          .select({ id: handoverDevices.handoverId })
          .from(handoverDevices)
          .where(isDevice);
        const rows = await transaction
          .update(handovers)
          .set({ openedAt: now(), deviceHash: deviceId })
          .where(and(inArray(handovers.id, handoverOfDevice), eq(handovers.caseId, caseId), isFree()))
          .returning({ id: handovers.id });
        if (rows.length === 0) return false;
        await transaction.update(handoverDevices).set({ confirmedAt: now() }).where(isDevice);
        return true;
      }),

    /** Finds the case of a customer's device, unless it was stopped. */
    async findCaseId(device: string): Promise<string | undefined> {
      const isMatch = and(eq(handovers.deviceHash, hashToken(device)), isNull(handovers.stoppedAt));
      const [row] = await database.select({ caseId: handovers.caseId }).from(handovers).where(isMatch);
      return row?.caseId;
    },

    async findLatest(caseId: string): Promise<Handover | undefined> {
      const [row] = await database
        .select()
        .from(handovers)
        .where(eq(handovers.caseId, caseId))
        .orderBy(desc(handovers.createdAt))
        .limit(1);
      return row && decryptHandover(row);
    },

    stop,
  };
}
