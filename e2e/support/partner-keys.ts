import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const publicPem = (key: KeyObject) => key.export({ type: 'spki', format: 'pem' }).toString();
const privatePem = (key: KeyObject) => key.export({ type: 'pkcs8', format: 'pem' }).toString();

/**
 * Makes the two key pairs of partner links in a folder of their own.
 *
 * @returns the environment of the sandbox's partner and of the app
 */
export function makePartnerKeys() {
  const folder = mkdtempSync(join(tmpdir(), 'front-door-partner-'));
  const file = (name: string, content: string) => {
    writeFileSync(join(folder, name), content, { mode: 0o600 });
    return join(folder, name);
  };
  const signing = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const sealing = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return {
    folder,
    sandbox: {
      SANDBOX_PARTNER_SIGN_KEY_FILE: file('partner.key', privatePem(signing.privateKey)),
      SANDBOX_PARTNER_SEAL_KEY_FILE: file('front-door.pub', publicPem(sealing.publicKey)),
    },
    app: {
      PARTNER_LINK_VERIFY_KEY_FILE: file('partner.pub', publicPem(signing.publicKey)),
      PARTNER_LINK_DECRYPT_KEY_FILE: file('front-door.key', privatePem(sealing.privateKey)),
    },
  };
}
