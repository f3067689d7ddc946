import 'server-only';
import { after } from 'next/server';
import { log } from '../observability/logger.ts';
import type { NewEvent } from '../store/journey-events.ts';
import { store } from '../store/store.ts';
import { handedCase } from './draft-cookie.ts';

/**
 * Writes down for the figures what a customer has done, after the answer has gone: nobody waits for a figure, and one that
 * could not be written stops nothing.
 */
export async function noteEvent(event: Omit<NewEvent, 'shop' | 'agent'>): Promise<void> {
  const handed = await handedCase();
  const { shop = null, agent = null } = handed ?? {};
  after(async () => {
    try {
      await (await store()).events.add({ ...event, shop, agent });
    } catch (error) {
      log({ event: 'figures.lost', cause: (error as Error).name });
    }
  });
}
