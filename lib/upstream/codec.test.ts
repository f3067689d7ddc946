import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { CompactEncrypt } from 'jose';
import { expect, test } from 'vitest';
import { createRequest4rCodec, jsonCodec } from './codec.ts';

const LINK = { link: 'https://links.example/a' };
const JSON_TEXT = JSON.stringify(LINK);
const { privateKey, publicKey } = generateKeyPairSync('rsa', {
  modulusLength: 2_048,
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
});
const request4r = createRequest4rCodec(publicKey, privateKey);
const encrypted = await new CompactEncrypt(Buffer.from(JSON_TEXT))
  .setProtectedHeader({ alg: 'RSA-OAEP-256', enc: 'A256GCM' })
  .encrypt(createPublicKey(publicKey));

const TYPES = ['application/json', 'application/jose', 'text/plain', 'text/html; charset=utf-8', 'nonsense', ''];

test.each(TYPES)('a success is read whatever type it claims: %j', async (type) => {
  expect(jsonCodec.parseBody(JSON_TEXT, type, 200)).toEqual(LINK);
  expect(await request4r.parseBody(encrypted, type, 200)).toEqual(LINK);
});

test.each(TYPES)('what is no JSON, or in the clear under Request4R, is no success: %j', async (type) => {
  for (const text of ['<html>', '', '{"link"', encrypted]) expect(jsonCodec.parseBody(text, type, 200)).toBeUndefined();
  expect(await request4r.parseBody(JSON_TEXT, type, 200)).toBeUndefined();
});

test('a refusal counts only as what it claims to be', async () => {
  const refusal = '{"code":"INVALID_PHONE_NUMBER"}';
  for (const codec of [jsonCodec, request4r]) {
    expect(await codec.parseBody(refusal, 'application/json', 400)).toEqual({ code: 'INVALID_PHONE_NUMBER' });
    expect(await codec.parseBody(refusal, 'text/html', 400)).toBeUndefined();
  }
});
