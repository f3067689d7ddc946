import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import { decrypt, encrypt, type Keys } from '../crypto/encryption.ts';
import { pooledRandomBytes } from '../crypto/random.ts';

/** The time for the wallet, its questions and a slow network. */
const LIFETIME_MS = 300_000;
const NONCE_BYTES = 32;
const LABEL = 'wallet-session';

/** A request to a wallet that waits for its response. */
export type WalletSession = {
  nonce: string;
  expiresAtMs: number;
  /** The mark of the draft that the page showed. */
  subject: string;
};

const sessionSchema = z.object({ nonce: z.string(), expiresAtMs: z.number(), subject: z.string() });

/** Creates a request's session. Its text is encrypted: the browser keeps it in a cookie that no script reads. */
export function createWalletSession(subject: string, keys: Keys, now: Date): { nonce: string; sealed: string } {
  const nonce = pooledRandomBytes(NONCE_BYTES).toString('base64url');
  const session: WalletSession = { nonce, subject, expiresAtMs: now.getTime() + LIFETIME_MS };
  return { nonce, sealed: encrypt(JSON.stringify(session), LABEL, keys) };
}

/** Returns the session that this browser keeps for the same draft; undefined when it is another's or too old. */
export function openWalletSession(
  sealed: string | undefined,
  { subject, keys, now }: { subject: string; keys: Keys; now: Date },
): WalletSession | undefined {
  try {
    const session = sessionSchema.parse(JSON.parse(decrypt(sealed ?? '', LABEL, keys)));
    return session.subject === subject && now.getTime() < session.expiresAtMs ? session : undefined;
  } catch {
    return undefined;
  }
}

/** The id by which a nonce is used once, among the ids of used links. */
export const getNonceId = (nonce: string): string => `wallet.${createHash('sha256').update(nonce).digest('base64url')}`;
