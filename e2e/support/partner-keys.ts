import { generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const toPublicPem = (key: KeyObject) => key.export({ type: 'spki', format: 'pem' }).toString();
const toPrivatePem = (key: KeyObject) => key.export({ type: 'pkcs8', format: 'pem' }).toString();

/** What a partner's server needs to make links: the app's origin, the partner's private and the app's public key (PEM). */
export type PartnerLinkKeys = { origin: string; signKey: string; encryptionKey: string };

/**
 * Makes the two key pairs of partner links in a folder of their own, and a secret of webhooks.
 *
 * @returns the environment of the sandbox's partner and of the app, and the keys of the partner's server
 */
export function createPartnerKeys() {
  const folder = mkdtempSync(join(tmpdir(), 'front-door-partner-'));
  const writeKeyFile = (name: string, content: string) => {
    writeFileSync(join(folder, name), content, { mode: 0o600 });
    return join(folder, name);
  };
  const signingKeys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const encryptionKeys = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const link = { signKey: toPrivatePem(signingKeys.privateKey), encryptionKey: toPublicPem(encryptionKeys.publicKey) };
  const webhookSecret = `whsec_${randomBytes(32).toString('base64')}`;
  return {
    folder,
    link,
    webhookSecret,
    /** Writes the app's list of endpoints: one, at this address. @returns the app's variable */
    writeWebhooksFile(url: string) {
      const endpoints = [{ name: 'partner', url, secrets: [webhookSecret] }];
      return { WEBHOOKS_FILE: writeKeyFile('webhooks.json', JSON.stringify({ endpoints })) };
    },
    sandbox: {
      SANDBOX_PARTNER_WEBHOOK_SECRET: webhookSecret,
      SANDBOX_PARTNER_SIGN_KEY_FILE: writeKeyFile('partner.key', link.signKey),
      SANDBOX_PARTNER_SEAL_KEY_FILE: writeKeyFile('front-door.pub', link.encryptionKey),
    },
    app: {
      PARTNER_LINK_VERIFY_KEY_FILE: writeKeyFile('partner.pub', toPublicPem(signingKeys.publicKey)),
      PARTNER_LINK_DECRYPT_KEY_FILE: writeKeyFile('front-door.key', toPrivatePem(encryptionKeys.privateKey)),
    },
  };
}
