/**
 * `npm run partner-link -- <origin> <sign key> <encryption key> <content file>`: prints a partner link for any installation, such
 * as one on the vendor's sandbox. The demo has a partner of its own.
 */
import { readFileSync } from 'node:fs';
import { createToken } from '../sandbox/partner/create-token.ts';

const [origin, signKey, sealKey, content] = process.argv.slice(2);
if (!origin || !signKey || !sealKey || !content) {
  console.error(`Usage: npm run partner-link -- <origin> <sign key> <encryption key> <content>
  origin          of the front door, as in its APP_ORIGIN
  sign key        the partner's private key, P-256, PEM
  encryption key  the front door's public key, RSA, PEM
  content         a JSON file: {"answers": {"firstName": "Maria", …}, "locked": […], "confirm": […], "lang": "es"}`);
  process.exit(2);
}
const keys = { signKey: readFileSync(signKey), sealKey: readFileSync(sealKey), audience: origin };
console.log(`${origin}/partner#${createToken(JSON.parse(readFileSync(content, 'utf8')), keys)}`);
