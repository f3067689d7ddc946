import 'server-only';
import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible';
import { getEnv } from '../config/env.ts';
import { getProcessSingleton } from '../config/process-singleton.ts';
import { type InstanceLimit, LIMITS, POLICY_REPORT_LIMIT } from '../config/rate-limits.ts';
import { log } from '../observability/logger.ts';

const getLimiter = (name: string, points: number, windowSeconds: number): RateLimiterMemory =>
  getProcessSingleton(`limit.${name}`, () => new RateLimiterMemory({ points, duration: windowSeconds }));

/** Counts one attempt. @returns how many attempts over the limit there were in this window; 0 within it */
const countExcess = (limiter: RateLimiterMemory, key: string): Promise<number> =>
  limiter.consume(key).then(
    () => 0,
    ({ consumedPoints }: RateLimiterRes) => consumedPoints - limiter.points,
  );

/**
 * Counts one attempt in the memory of this process alone. The first attempt over the limit in a window is logged.
 *
 * @returns whether the attempt is within the limit
 */
export async function isWithinInstanceLimit(name: InstanceLimit, key: string): Promise<boolean> {
  const { points, windowSeconds } = LIMITS[name];
  const excess = await countExcess(getLimiter(name, getEnv()[points], windowSeconds), key);
  if (excess === 1) log({ event: 'limit.reached', limit: name });
  return excess === 0;
}

/** Counts one policy report of an address. Anyone can post reports, so an excess is not logged. */
export async function isWithinPolicyReportLimit(address: string): Promise<boolean> {
  const { points, windowSeconds } = POLICY_REPORT_LIMIT;
  return (await countExcess(getLimiter('policy-reports', points, windowSeconds), address)) === 0;
}
