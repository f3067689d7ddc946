// node link.mjs <origin> <sign key> <seal key>: a partner link with jose (npm install jose).
import { createPrivateKey, createPublicKey, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { CompactEncrypt, SignJWT } from 'jose';

const [origin, sign, seal] = process.argv.slice(2);
const signed = await new SignJWT({
  lang: 'es',
  answers: { firstName: 'Maria', lastName: 'Garcia', phoneNumber: '+525512345678' },
  locked: ['phoneNumber'],
})
  .setProtectedHeader({ alg: 'ES256' })
  .setAudience(origin)
  .setIssuedAt()
  .setExpirationTime('5m')
  .setJti(randomUUID())
  .sign(createPrivateKey(readFileSync(sign)));
const sealed = await new CompactEncrypt(new TextEncoder().encode(signed))
  .setProtectedHeader({ alg: 'RSA-OAEP-256', enc: 'A256GCM' })
  .encrypt(createPublicKey(readFileSync(seal)));
console.log(`${origin}/partner#${sealed}`);
