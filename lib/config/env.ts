import 'server-only';
import { createKeys, type Keys } from '../crypto/encryption.ts';
import { ConfigurationError } from './configuration-error.ts';
import { type Env, parseEnv } from './env-schema.ts';

let cachedEnv: Env | undefined;

/**
 * Returns the environment, parsed once.
 *
 * @throws ConfigurationError when a variable is missing or wrong; the boot calls this first
 */
export function getEnv(): Env {
  if (cachedEnv) return cachedEnv;
  const result = parseEnv(process.env);
  if ('problems' in result) throw new ConfigurationError(result.problems.join(', '));
  cachedEnv = result.env;
  return cachedEnv;
}

/** Returns the keys that encrypt and hash stored values. */
export function getKeys(): Keys {
  const { DATA_KEY, HASH_KEY } = getEnv();
  return createKeys(DATA_KEY, HASH_KEY);
}
