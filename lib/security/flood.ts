import 'server-only';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { env } from '../config/env.ts';
import { inProcess } from '../config/in-process.ts';

/** Whether one address posts more in a minute than people behind one address do. Counted in this process alone. */
export async function isFlooded(address: string): Promise<boolean> {
  const limiter = inProcess(
    'flood',
    () => new RateLimiterMemory({ points: env().LIMIT_POSTS_PER_ADDRESS, duration: 60 }),
  );
  return limiter.consume(address).then(
    () => false,
    () => true,
  );
}
