import 'server-only';
import { readFileSync } from 'node:fs';
import * as z from 'zod/mini';
import { COUNTRY_CODES } from '../domain/countries/countries.ts';
import { PAYMENT_METHOD_TYPES } from '../domain/journey-context.ts';
import { env } from './env.ts';

const brandSchema = z.strictObject({
  /** The partner's name as customers know it. */
  name: z.string().check(z.minLength(1), z.maxLength(40)),
  /** Whether customers are asked to share where their device is. */
  askCallLocation: z._default(z.boolean(), false),
  /** Countries a customer may live in; the tenant's alone when it is not said. */
  countries: z.optional(z.array(z.enum(COUNTRY_CODES)).check(z.minLength(1))),
  /** The ways to pay that are offered, in this order; all of them when it is not said. */
  paymentMethodTypes: z.optional(
    z.array(z.enum(PAYMENT_METHOD_TYPES)).check(
      z.minLength(1),
      z.refine((types) => new Set(types).size === types.length),
    ),
  ),
});

export type Brand = z.output<typeof brandSchema>;

const SAMPLE: Brand = { name: 'Puente', askCallLocation: false };

let loaded: Brand | undefined;

/**
 * The partner's brand from `BRAND_FILE`, or the sample.
 *
 * @throws when the file is missing or wrong; `instrumentation.ts` asks first.
 */
export function brand(): Brand {
  loaded ??= readBrand(env().BRAND_FILE);
  return loaded;
}

function readBrand(file: string | undefined): Brand {
  if (!file) return SAMPLE;
  try {
    return brandSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (cause) {
    throw new Error('Missing or wrong in the environment: BRAND_FILE', { cause });
  }
}
