import { and, asc, eq, inArray } from 'drizzle-orm';
import type { Database } from './database.ts';
import { decryptHandover, type Handover, isHandoverFree } from './handover-rows.ts';
import type { RepositoryContext } from './repository-context.ts';
import { handoverDevices, handovers } from './schema.ts';
import { generateConfirmationCode } from './short-code.ts';
import { generateToken, hashToken } from './token.ts';

/** Enough for a customer who tries again, and few enough for an agent to distinguish. */
const MAX_DEVICES = 5;
/** Two devices that draw the same code draw again; more attempts indicate another problem. */
const MAX_ATTEMPTS = 50;

/** A device that opened a hand-over, with its confirmation code. */
export type HandoverDevice = { id: string; digits: string };

/** A device's progress: `waiting` for the agent, `confirmed`, or `over` because another device was confirmed or it ended. */
export type DeviceProgress = { caseId: string; digits: string; state: 'waiting' | 'confirmed' | 'over' };

/** Creates the statements of the devices that open a hand-over. */
export function createHandoverDevices(context: RepositoryContext) {
  const { database, now } = context;
  return {
    /** Lists the waiting devices of a hand-over, the earliest first. */
    listDevices: (handoverId: string) => listDevices(database, handoverId),

    /**
     * Adds a waiting device with a confirmation code that no other device of the hand-over shows.
     *
     * @returns the device's token; undefined when too many devices wait
     */
    async addDevice({ id, expiresAt }: Pick<Handover, 'id' | 'expiresAt'>): Promise<string | undefined> {
      if ((await listDevices(database, id)).length >= MAX_DEVICES) return undefined;
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
    findDevice: (token: string) => findDevice(context, token),

    /** Gives the case to one waiting device, once. @returns whether this call did */
    confirm: (caseId: string, deviceId: string) => confirmDevice(context, caseId, deviceId),
  };
}

function listDevices(database: Database, handoverId: string): Promise<HandoverDevice[]> {
  return database
    .select({ id: handoverDevices.id, digits: handoverDevices.digits })
    .from(handoverDevices)
    .where(eq(handoverDevices.handoverId, handoverId))
    .orderBy(asc(handoverDevices.createdAt));
}

async function findDevice(context: RepositoryContext, token: string): Promise<DeviceProgress | undefined> {
  const [row] = await context.database
    .select({ handover: handovers, device: handoverDevices })
    .from(handoverDevices)
    .innerJoin(handovers, eq(handovers.id, handoverDevices.handoverId))
    .where(eq(handoverDevices.id, hashToken(token)));
  const handover = row && decryptHandover(row.handover, context);
  if (!handover) return undefined;
  const { state, caseId } = handover;
  const isConfirmed = state === 'opened' && row.handover.deviceHash === row.device.id;
  return {
    caseId,
    digits: row.device.digits,
    state: isConfirmed ? 'confirmed' : state === 'waiting' ? state : 'over',
  };
}

function confirmDevice({ database, now }: RepositoryContext, caseId: string, deviceId: string): Promise<boolean> {
  return database.transaction(async (transaction) => {
    const isDevice = eq(handoverDevices.id, deviceId);
    const handoverOfDevice = transaction
      .select({ id: handoverDevices.handoverId })
      .from(handoverDevices)
      .where(isDevice);
    const rows = await transaction
      .update(handovers)
      .set({ openedAt: now(), deviceHash: deviceId })
      .where(and(inArray(handovers.id, handoverOfDevice), eq(handovers.caseId, caseId), isHandoverFree(now)))
      .returning({ id: handovers.id });
    if (rows.length === 0) return false;
    await transaction.update(handoverDevices).set({ confirmedAt: now() }).where(isDevice);
    return true;
  });
}
