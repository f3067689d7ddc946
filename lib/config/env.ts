import 'server-only';
import { createKeys, type Keys } from '../security/sealed.ts';
import { type Env, parseEnv } from './env-schema.ts';

let parsed: Env | undefined;

/**
 * The environment, parsed once.
 *
 * @throws when a variable is missing or wrong; the message names the variables. `instrumentation.ts` asks first, so a
 * server that answers has a good environment.
 */
export function env(): Env {
  if (parsed) return parsed;
  const result = parseEnv(process.env);
  if ('problems' in result) throw new Error(`Missing or wrong in the environment: ${result.problems.join(', ')}`);
  parsed = result.env;
  return parsed;
}

/** The keys that encrypt and hash what is stored. */
export function getKeys(): Keys {
  const { DATA_KEY, HASH_KEY } = env();
  return createKeys(DATA_KEY, HASH_KEY);
}
