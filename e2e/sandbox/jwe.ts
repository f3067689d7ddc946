import {
  constants,
  createCipheriv,
  createDecipheriv,
  createPrivateKey,
  createPublicKey,
  privateDecrypt,
  publicEncrypt,
  randomBytes,
} from 'node:crypto';

// Compact JWE (RFC 7516) in the one form that Request4R documents: RSA-OAEP-256 and A256GCM.

const OAEP = { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' };
const PARTS = 5;

/** The plaintext of a compact JWE, or null when it is not one that this private key opens. */
export function decrypt(jwe: string, privateKey: Buffer): string | null {
  const parts = jwe.split('.');
  const [header = '', encryptedKey = '', iv = '', text = '', tag = ''] = parts;
  try {
    const { alg, enc } = JSON.parse(Buffer.from(header, 'base64url').toString('utf8')) as Record<string, unknown>;
    if (parts.length !== PARTS || alg !== 'RSA-OAEP-256' || enc !== 'A256GCM') return null;
    const key = privateDecrypt({ key: createPrivateKey(privateKey), ...OAEP }, Buffer.from(encryptedKey, 'base64url'));
    const cipher = createDecipheriv('aes-256-gcm', key, Buffer.from(iv, 'base64url'))
      .setAAD(Buffer.from(header, 'ascii'))
      .setAuthTag(Buffer.from(tag, 'base64url'));
    return Buffer.concat([cipher.update(Buffer.from(text, 'base64url')), cipher.final()]).toString('utf8');
  } catch {
    return null;
  }
}

export function encrypt(plaintext: string, publicKey: Buffer): string {
  const header = Buffer.from(JSON.stringify({ alg: 'RSA-OAEP-256', enc: 'A256GCM' })).toString('base64url');
  const key = randomBytes(32);
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(header, 'ascii'));
  const text = Buffer.concat([cipher.update(plaintext, 'utf8'), cipher.final()]);
  const encryptedKey = publicEncrypt({ key: createPublicKey(publicKey), ...OAEP }, key);
  return [header, ...[encryptedKey, iv, text, cipher.getAuthTag()].map((part) => part.toString('base64url'))].join('.');
}
