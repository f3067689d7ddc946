import 'server-only';
import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible';
import { getEnv } from '../config/env.ts';
import { getProcessSingleton } from '../config/process-singleton.ts';
import { type InstanceLimit, LIMITS } from '../config/rate-limits.ts';

/** `first`: the first attempt over the limit in its window, which is the one to log. */
export type InstanceCount = 'within' | 'first' | 'over';

const getLimiter = (name: InstanceLimit): RateLimiterMemory =>
  getProcessSingleton(`limit.${name}`, () => {
    const { points, windowSeconds } = LIMITS[name];
    return new RateLimiterMemory({ points: getEnv()[points], duration: windowSeconds });
  });

/** Counts one attempt in the memory of this process alone. */
export async function countInInstance(name: InstanceLimit, key: string): Promise<InstanceCount> {
  const counter = getLimiter(name);
  return counter.consume(key).then(
    () => 'within',
    ({ consumedPoints }: RateLimiterRes) => (consumedPoints === counter.points + 1 ? 'first' : 'over'),
  );
}
