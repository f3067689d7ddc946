import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { CompactEncrypt } from 'jose';
import { expect, test } from 'vitest';
import { jsonCodec, request4rCodec } from './codec.ts';

const LINK = { link: 'https://links.example/a' };
const JSON_TEXT = JSON.stringify(LINK);
const { privateKey, publicKey } = generateKeyPairSync('rsa', {
  modulusLength: 2_048,
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
});
const request4r = request4rCodec(publicKey, privateKey);
const encrypted = await new CompactEncrypt(Buffer.from(JSON_TEXT))
  .setProtectedHeader({ alg: 'RSA-OAEP-256', enc: 'A256GCM' })
  .encrypt(createPublicKey(publicKey));

const TYPES = ['application/json', 'application/jose', 'text/plain', 'text/html; charset=utf-8', 'nonsense', ''];

test.each(TYPES)('a success is read whatever type it claims: %j', async (type) => {
  expect(jsonCodec.decode(JSON_TEXT, type, 200)).toEqual(LINK);
  expect(await request4r.decode(encrypted, type, 200)).toEqual(LINK);
});

test.each(TYPES)('what is no JSON, or in the clear under Request4R, is no success: %j', async (type) => {
  for (const text of ['<html>', '', '{"link"', encrypted]) expect(jsonCodec.decode(text, type, 200)).toBeUndefined();
  expect(await request4r.decode(JSON_TEXT, type, 200)).toBeUndefined();
});

test('a refusal counts only as what it claims to be', async () => {
  const refusal = '{"code":"INVALID_PHONE_NUMBER"}';
  for (const codec of [jsonCodec, request4r]) {
    expect(await codec.decode(refusal, 'application/json', 400)).toEqual({ code: 'INVALID_PHONE_NUMBER' });
    expect(await codec.decode(refusal, 'text/html', 400)).toBeUndefined();
  }
});
