import 'server-only';
import { ConfigurationError } from '../configuration-error.ts';
import { getEnv } from '../env.ts';
import { getProcessSingleton } from '../process-singleton.ts';
import { type Brand, readBrand } from './read-brand.ts';

/** The brand of a partner that has not said anything yet. */
const SAMPLE_FILE = 'lib/config/brand/samples/puente.json';

/**
 * The partner's brand from `BRAND_FILE`, or the sample. Read once per process.
 *
 * @throws when the file is missing or wrong; `instrumentation.ts` asks first.
 */
export function getBrand(): Brand {
  return getProcessSingleton('brand', () => {
    try {
      return readBrand(getEnv().BRAND_FILE ?? SAMPLE_FILE);
    } catch (cause) {
      throw new ConfigurationError(`BRAND_FILE: ${(cause as Error).message}`);
    }
  });
}
