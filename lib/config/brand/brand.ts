import 'server-only';
import { ConfigurationError } from '../configuration-error.ts';
import { getEnv } from '../env.ts';
import { getProcessSingleton } from '../process-singleton.ts';
import { type Brand, readBrand } from './read-brand.ts';

const SAMPLE_FILE = 'lib/config/brand/samples/puente.json';

/**
 * Returns the brand of `BRAND_FILE`, or the sample. It reads the file once per process.
 *
 * @throws ConfigurationError when the file is missing or wrong; the boot calls this first
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
