import 'server-only';
import { headers } from 'next/headers';
import { notFound } from 'next/navigation';
import { env } from '../config/env.ts';
import { isOurs } from './request-gate.ts';

/**
 * The wrapper of every server action. The gate at the door (`lib/lifecycle/front.ts`) has asked the same; doors have been
 * gone around before (five advisories in 2026), so each action asks for itself.
 */
export function guarded<Args extends unknown[], Result>(
  action: (...args: Args) => Promise<Result>,
): (...args: Args) => Promise<Result> {
  return async (...args) => {
    if (!isOurs({ headers: await headers() }, env().APP_ORIGIN)) notFound();
    return action(...args);
  };
}
