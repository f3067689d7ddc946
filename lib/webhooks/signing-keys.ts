import { createHmac, createPrivateKey, createSecretKey, type KeyObject, sign } from 'node:crypto';

/** A key of Standard Webhooks 1.x: `v1` is HMAC-SHA-256 with a shared secret, `v1a` Ed25519 with our private key. */
export type SigningKey = { version: 'v1' | 'v1a'; key: KeyObject };

type Message = { id: string; timestamp: number; body: string };

/** Standard Webhooks, "Signature scheme": a secret has 24 to 64 bytes. */
const SECRET_BYTES = { min: 24, max: 64 };
const ED25519_SEED_BYTES = 32;
/** The PKCS #8 form of an Ed25519 seed begins with these bytes (RFC 8410, section 7). */
const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');

/**
 * Parses `whsec_<base64>` or `whsk_<base64>`. A private key is a seed of 32 bytes, alone or followed by the public key.
 *
 * @returns undefined when the text is neither, or has another length
 */
export function parseSigningKey(text: string): SigningKey | undefined {
  const [, prefix, base64 = ''] = /^(whsec|whsk)_([A-Za-z0-9+/]+={0,2})$/.exec(text) ?? [];
  const bytes = Buffer.from(base64, 'base64');
  if (prefix === 'whsec') {
    const isSecret = bytes.length >= SECRET_BYTES.min && bytes.length <= SECRET_BYTES.max;
    return isSecret ? { version: 'v1', key: createSecretKey(bytes) } : undefined;
  }
  if (prefix !== 'whsk' || (bytes.length !== ED25519_SEED_BYTES && bytes.length !== 2 * ED25519_SEED_BYTES))
    return undefined;
  const der = Buffer.concat([PKCS8_PREFIX, bytes.subarray(0, ED25519_SEED_BYTES)]);
  return { version: 'v1a', key: createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }) };
}

/**
 * Returns the headers of a webhook, with a signature for each key: one that the receiver knows is enough, so a key can be replaced.
 *
 * @param message its `timestamp` is that of this attempt, in seconds since 1970; receivers may refuse one that is five minutes old
 */
export function buildSignedHeaders(message: Message, keys: readonly SigningKey[]): Record<string, string> {
  return {
    'webhook-id': message.id,
    'webhook-timestamp': String(message.timestamp),
    'webhook-signature': keys.map((key) => computeSignature(message, key)).join(' '),
  };
}

function computeSignature({ id, timestamp, body }: Message, { version, key }: SigningKey): string {
  const content = Buffer.from(`${id}.${timestamp}.${body}`);
  const bytes = version === 'v1' ? createHmac('sha256', key).update(content).digest() : sign(null, content, key);
  return `${version},${bytes.toString('base64')}`;
}
