// node link.mjs <origin> <your private key> <the app's public key>
import { createPrivateKey, createPublicKey, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { CompactEncrypt, SignJWT } from 'jose';

const [origin, signKeyFile, encryptionKeyFile] = process.argv.slice(2);
const signed = await new SignJWT({
  lang: 'es',
  answers: { firstName: 'Maria', lastName: 'Garcia', phoneNumber: '+525512345678' },
  locked: ['phoneNumber'],
  reference: 'order-2026-17',
})
  .setProtectedHeader({ alg: 'ES256' })
  .setAudience(origin)
  .setIssuedAt()
  .setExpirationTime('5m')
  .setJti(randomUUID())
  .sign(createPrivateKey(readFileSync(signKeyFile)));
const token = await new CompactEncrypt(new TextEncoder().encode(signed))
  .setProtectedHeader({ alg: 'RSA-OAEP-256', enc: 'A256GCM' })
  .encrypt(createPublicKey(readFileSync(encryptionKeyFile)));
console.log(`${origin}/partner#${token}`);
