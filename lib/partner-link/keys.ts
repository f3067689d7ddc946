import 'server-only';
import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { ConfigurationError } from '../config/configuration-error.ts';
import { getEnv } from '../config/env.ts';
import { getProcessSingleton } from '../config/process-singleton.ts';
import type { LinkKeys } from './open-link.ts';

/**
 * Returns the keys for partner links; undefined when the deployment takes none.
 *
 * @throws when a key cannot be read or is not of its kind; the message names its variable. The boot calls this first.
 */
export function getLinkKeys(): LinkKeys | undefined {
  return getProcessSingleton('link-keys', () => {
    const { PARTNER_LINK_VERIFY_KEY_FILE: verify, PARTNER_LINK_DECRYPT_KEY_FILE: decrypt } = getEnv();
    if (!verify || !decrypt) return undefined;
    return {
      verify: readKey('PARTNER_LINK_VERIFY_KEY_FILE', verify, createPublicKey, 'ec'),
      decrypt: readKey('PARTNER_LINK_DECRYPT_KEY_FILE', decrypt, createPrivateKey, 'rsa'),
    };
  });
}

function readKey(name: string, file: string, createKey: (pem: string) => KeyObject, type: 'ec' | 'rsa'): KeyObject {
  try {
    const key = createKey(readFileSync(file, 'utf8'));
    if (key.asymmetricKeyType === type) return key;
  } catch {
    // The cause may quote the file, so the error below names the variable only.
  }
  throw new ConfigurationError(name);
}
