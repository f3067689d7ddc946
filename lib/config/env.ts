import 'server-only';
import { createKeys, type Keys } from '../crypto/encryption.ts';
import { ConfigurationError } from './configuration-error.ts';
import { type Env, parseEnv } from './env-schema.ts';

let cachedEnv: Env | undefined;

/**
 * The environment, parsed once.
 *
 * @throws when a variable is missing or wrong; the message names the variables. `instrumentation.ts` asks first, so a
 * server that answers has a good environment.
 */
export function getEnv(): Env {
  if (cachedEnv) return cachedEnv;
  const result = parseEnv(process.env);
  if ('problems' in result) throw new ConfigurationError(result.problems.join(', '));
  cachedEnv = result.env;
  return cachedEnv;
}

/** The keys that encrypt and hash what is stored. */
export function getKeys(): Keys {
  const { DATA_KEY, HASH_KEY } = getEnv();
  return createKeys(DATA_KEY, HASH_KEY);
}

/** The port that the framework listens on; it writes it here before it starts us, also when it chose one by itself. */
export const getListeningPort = (): number => Number(process.env['PORT']);
