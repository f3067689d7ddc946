import 'server-only';
import { ConfigurationError } from '../configuration-error.ts';
import { env } from '../env.ts';
import { inProcess } from '../in-process.ts';
import { type Brand, readBrand } from './read-brand.ts';

/** The brand of a partner that has not said anything yet. */
const SAMPLE = 'lib/config/brand/samples/puente.json';

/**
 * The partner's brand from `BRAND_FILE`, or the sample. Read once per process.
 *
 * @throws when the file is missing or wrong; `instrumentation.ts` asks first.
 */
export function brand(): Brand {
  return inProcess('brand', () => {
    try {
      return readBrand(env().BRAND_FILE ?? SAMPLE);
    } catch (cause) {
      throw new ConfigurationError(`BRAND_FILE: ${(cause as Error).message}`);
    }
  });
}
