import type { PgColumn } from 'drizzle-orm/pg-core';
import { decrypt, encrypt, type Keys } from '../crypto/encryption.ts';
import { logCounted } from '../observability/counted-log.ts';
import { applications, cases, drafts, handovers, helpRequests, submissions } from './schema.ts';

/** Every encrypted column by kind. A value is bound to its kind and row and decrypts in no other place. */
export const ENCRYPTED_COLUMNS = {
  draft: drafts.sealed,
  payload: submissions.sealedPayload,
  link: submissions.sealedLink,
  case: cases.sealed,
  handover: handovers.sealed,
  help: helpRequests.sealed,
  application: applications.sealed,
} as const satisfies Record<string, PgColumn>;

export type EncryptedKind = keyof typeof ENCRYPTED_COLUMNS;

const getLabel = (kind: EncryptedKind, id: string) => `${kind}:${id}`;

/** Encrypts a value. @param id the id of its row */
export const encryptValue = (kind: EncryptedKind, id: string, text: string, keys: Keys): string =>
  encrypt(text, getLabel(kind, id), keys);

/**
 * Decrypts a value. Returns undefined and logs the row when that fails: a damaged row, or one whose key is missing, must not
 * fail a page that also shows other rows.
 */
export function decryptText(kind: EncryptedKind, id: string, value: string, keys: Keys): string | undefined {
  try {
    return decrypt(value, getLabel(kind, id), keys);
  } catch {
    logCounted(`unreadable ${kind}`, (rows) => ({ event: 'row.unreadable', kind, rows }));
    return undefined;
  }
}

/** Decrypts a value that contains JSON written by `encryptValue`. */
export function decryptJson<Content>(kind: EncryptedKind, id: string, value: string, keys: Keys): Content | undefined {
  const text = decryptText(kind, id, value, keys);
  return text === undefined ? undefined : (JSON.parse(text) as Content);
}
