import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { parseSigningKey, type SigningKey } from './signing-keys.ts';

/** The body of an event for tests, with letters outside of ASCII. */
export const SAMPLE_BODY = JSON.stringify({ type: 'application.started', data: { application: 'ñ-áé' } });

export const getNowSeconds = () => Math.floor(Date.now() / 1_000);

export const createSecret = () => `whsec_${randomBytes(32).toString('base64')}`;

/** Parses a key. @throws when the text is none */
export function parseTestKey(text: string): SigningKey {
  const key = parseSigningKey(text);
  if (!key) throw new Error('not a key');
  return key;
}

/** Creates an Ed25519 key pair, whose private key is given as text in one of its two forms. */
export function createPrivateKey(form: 'seed' | 'seed and public key') {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const seed = privateKey.export({ format: 'der', type: 'pkcs8' }).subarray(-32);
  const publicBytes = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32);
  const bytes = form === 'seed' ? seed : Buffer.concat([seed, publicBytes]);
  return { text: `whsk_${bytes.toString('base64')}`, publicKey };
}
