import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const toPublicPem = (key: KeyObject) => key.export({ type: 'spki', format: 'pem' }).toString();
const toPrivatePem = (key: KeyObject) => key.export({ type: 'pkcs8', format: 'pem' }).toString();

/**
 * Makes the two key pairs of partner links in a folder of their own.
 *
 * @returns the environment of the sandbox's partner and of the app
 */
export function createPartnerKeys() {
  const folder = mkdtempSync(join(tmpdir(), 'front-door-partner-'));
  const writeKeyFile = (name: string, content: string) => {
    writeFileSync(join(folder, name), content, { mode: 0o600 });
    return join(folder, name);
  };
  const signingKeys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const encryptionKeys = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return {
    folder,
    sandbox: {
      SANDBOX_PARTNER_SIGN_KEY_FILE: writeKeyFile('partner.key', toPrivatePem(signingKeys.privateKey)),
      SANDBOX_PARTNER_SEAL_KEY_FILE: writeKeyFile('front-door.pub', toPublicPem(encryptionKeys.publicKey)),
    },
    app: {
      PARTNER_LINK_VERIFY_KEY_FILE: writeKeyFile('partner.pub', toPublicPem(signingKeys.publicKey)),
      PARTNER_LINK_DECRYPT_KEY_FILE: writeKeyFile('front-door.key', toPrivatePem(encryptionKeys.privateKey)),
    },
  };
}
