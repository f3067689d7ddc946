import { and, gt, isNull } from 'drizzle-orm';
import type { HandoverState } from '../domain/assist/case-state.ts';
import { decryptJson } from './encrypted-values.ts';
import type { RepositoryContext } from './repository-context.ts';
import { handovers } from './schema.ts';

export type Handover = {
  id: string;
  caseId: string;
  state: HandoverState;
  token: string;
  code: string;
  expiresAt: Date;
};

/** Builds the condition of a hand-over that no device has opened and that has not ended. */
export const isHandoverFree = (now: () => Date) =>
  and(isNull(handovers.openedAt), isNull(handovers.stoppedAt), gt(handovers.expiresAt, now()));

/** Reads a row. @returns undefined when it cannot be decrypted */
export function decryptHandover(
  { id, caseId, sealed, expiresAt, openedAt, stoppedAt }: typeof handovers.$inferSelect,
  { keys, now }: RepositoryContext,
): Handover | undefined {
  const secrets = decryptJson<{ token: string; code: string }>('handover', id, sealed, keys);
  if (!secrets) return undefined;
  const isExpired = expiresAt <= now();
  const state = stoppedAt ? 'stopped' : openedAt ? 'opened' : isExpired ? 'expired' : 'waiting';
  return { id, caseId, state, ...secrets, expiresAt };
}
