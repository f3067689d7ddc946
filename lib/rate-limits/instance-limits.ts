import 'server-only';
import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible';
import { env } from '../config/env.ts';
import { inProcess } from '../config/in-process.ts';
import { type InstanceLimit, LIMITS } from '../config/rate-limits.ts';

/** `first`: the first attempt over the limit in its window, which is the one to log. */
export type InstanceCount = 'within' | 'first' | 'over';

const limiter = (name: InstanceLimit): RateLimiterMemory =>
  inProcess(`limit.${name}`, () => {
    const { points, windowSeconds } = LIMITS[name];
    return new RateLimiterMemory({ points: env()[points], duration: windowSeconds });
  });

/** Counts one attempt in the memory of this process alone. */
export async function countInInstance(name: InstanceLimit, by: string): Promise<InstanceCount> {
  const counter = limiter(name);
  return counter.consume(by).then(
    () => 'within',
    ({ consumedPoints }: RateLimiterRes) => (consumedPoints === counter.points + 1 ? 'first' : 'over'),
  );
}
