import { createPublicKey, generateKeyPairSync, randomBytes, verify } from 'node:crypto';
import { expect, test } from 'vitest';
import { buildSignedHeaders, parseSigningKey } from './signing-keys.ts';
import { SAMPLE_BODY as body, createPrivateKey, getNowSeconds, parseTestKey } from './test-keys.ts';

// The official libraries that `official-libraries.test.ts` runs verify `v1` alone.
test.each(['seed', 'seed and public key'] as const)(
  'Ed25519 verifies a signature of a private key given as %s',
  (form) => {
    const { text, publicKey } = createPrivateKey(form);
    const message = { id: 'msg_a_1_crm', timestamp: getNowSeconds(), body };
    const [version, signature = ''] =
      buildSignedHeaders(message, [parseTestKey(text)])['webhook-signature']?.split(',') ?? [];
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
