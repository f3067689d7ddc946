import 'server-only';
import { headers } from 'next/headers';
import { notFound } from 'next/navigation';
import * as z from 'zod/mini';
import { getEnv } from '../config/env.ts';
import { setRequestStarted, UnreadableRequest } from './request-context.ts';
import { isSameOrigin } from './request-validation.ts';

type Schemas = readonly z.ZodMiniType[];
type Inputs<S extends Schemas> = { [Index in keyof S]: z.input<S[Index]> };
type Outputs<S extends Schemas> = { [Index in keyof S]: z.output<S[Index]> };

/**
 * Wraps a server action: it checks the origin and parses all arguments first. The pipeline has checked the origin, but
 * five advisories of 2026 went around such checks.
 *
 * @param schemas of all arguments that the action reads, bound ones and the form (ASVS 5.0, 15.3.5)
 * @throws UnreadableRequest when an argument does not fit; the request is answered with 400
 */
export function createServerAction<const S extends Schemas, Result>(
  schemas: S,
  action: (...args: Outputs<S>) => Promise<Result>,
): (...args: Inputs<S>) => Promise<Result> {
  return async (...args) => {
    if (!isSameOrigin({ headers: await headers() }, getEnv().APP_ORIGIN)) notFound();
    const parsed = schemas.map((schema, index) => z.safeParse(schema, args[index]));
    if (parsed.some(({ success }) => !success)) throw new UnreadableRequest();
    setRequestStarted();
    return action(...(parsed.map(({ data }) => data) as Outputs<S>));
  };
}
