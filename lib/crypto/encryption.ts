import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject } from 'node:crypto';
import { pooledRandomBytes } from './random.ts';

/** Holds a key object, because Node converts bytes to one at each use, which costs more than the encryption. */
export type DataKey = { id: string; key: KeyObject };

export const createDataKey = (id: string, bytes: Buffer): DataKey => ({ id, key: createSecretKey(bytes) });

/**
 * The first data key encrypts, all of them decrypt. The hash key is never rotated, so that stored hashes still match.
 */
export type Keys = { data: readonly [DataKey, ...DataKey[]]; hash: DataKey };

/**
 * @param hash by default the only data key, which older deployments used for their hashes
 */
export const createKeys = (data: Keys['data'], hash: DataKey = data[0]): Keys => ({ data, hash });

/** Characters. The key id begins each encrypted value. */
export const MAX_KEY_ID_LENGTH = 16;

const CIPHER = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Encrypts a text with AES-256-GCM (NIST SP 800-38D) under the first key. `label` names column and row and is
 * authenticated, so an encrypted value cannot be moved to another row or column.
 *
 * @returns `<key id>.<base64url of iv, tag and ciphertext>`
 */
export function encrypt(text: string, label: string, { data }: Keys): string {
  const [active] = data;
  const iv = pooledRandomBytes(IV_BYTES);
  const cipher = createCipheriv(CIPHER, active.key, iv).setAAD(Buffer.from(label));
  const ciphertext = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return `${active.id}.${Buffer.concat([iv, cipher.getAuthTag(), ciphertext]).toString('base64url')}`;
}

/**
 * Decrypts a value with the key that it names.
 *
 * @throws when the key is unknown, the label differs or a bit was changed.
 */
export function decrypt(value: string, label: string, { data }: Keys): string {
  const [id, body = ''] = value.split('.');
  const matchingKey = data.find((key) => key.id === id);
  if (!matchingKey) throw new Error('Encrypted with a key that is not configured');
  const bytes = Buffer.from(body, 'base64url');
  const decipher = createDecipheriv(CIPHER, matchingKey.key, bytes.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES })
    .setAAD(Buffer.from(label))
    .setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
  return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]).toString('utf8');
}
