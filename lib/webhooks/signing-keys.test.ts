import { createPublicKey, generateKeyPairSync, randomBytes, verify } from 'node:crypto';
import { expect, test } from 'vitest';
import { buildSignedHeaders, parseSigningKey, type SigningKey } from './signing-keys.ts';

const body = JSON.stringify({ type: 'application.started', data: { application: 'ñ-áé' } });
const nowSeconds = () => Math.floor(Date.now() / 1_000);

function parse(text: string): SigningKey {
  const key = parseSigningKey(text);
  if (!key) throw new Error('not a key');
  return key;
}

function createPrivateKey(form: 'seed' | 'seed and public key') {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const seed = privateKey.export({ format: 'der', type: 'pkcs8' }).subarray(-32);
  const publicBytes = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32);
  const bytes = form === 'seed' ? seed : Buffer.concat([seed, publicBytes]);
  return { text: `whsk_${bytes.toString('base64')}`, publicKey };
}

// The official libraries that `official-libraries.test.ts` runs verify `v1` alone.
test.each(['seed', 'seed and public key'] as const)(
  'Ed25519 verifies a signature of a private key given as %s',
  (form) => {
    const { text, publicKey } = createPrivateKey(form);
    const message = { id: 'msg_a_1_crm', timestamp: nowSeconds(), body };
    const [version, signature = ''] = buildSignedHeaders(message, [parse(text)])['webhook-signature']?.split(',') ?? [];
    const isValid = (content: string, key = publicKey) =>
      verify(null, Buffer.from(content), key, Buffer.from(signature, 'base64'));
    expect(version).toBe('v1a');
    expect(isValid(`${message.id}.${message.timestamp}.${body}`)).toBe(true);
    expect(isValid(`${message.id}.${message.timestamp - 301}.${body}`)).toBe(false);
    expect(isValid(`${message.id}.${message.timestamp}.${body} `)).toBe(false);
    const foreignKey = createPublicKey(generateKeyPairSync('ed25519').privateKey);
    expect(isValid(`${message.id}.${message.timestamp}.${body}`, foreignKey)).toBe(false);
  },
);

test.each([
  ['', 'nothing'],
  [randomBytes(32).toString('base64'), 'no prefix'],
  [`whsec_${randomBytes(23).toString('base64')}`, 'a short secret'],
  [`whsec_${randomBytes(65).toString('base64')}`, 'a long secret'],
  [`whsk_${randomBytes(33).toString('base64')}`, 'a key of another length'],
  [`whpk_${randomBytes(32).toString('base64')}`, 'a public key'],
  ['whsec_not base64 at all, but long enough to be a secret', 'no base64'],
])('%s is no key: %s', (text) => {
  expect(parseSigningKey(text)).toBeUndefined();
});
