/** The work took longer than it may. */
export class TimeoutError extends Error {}

/**
 * The result of `work`, or a rejection when there is none in time. The work itself goes on; nobody hears of its end.
 *
 * @param timeoutMs milliseconds
 * @throws TooSlow
 */
export function withTimeout<Result>(timeoutMs: number, work: Promise<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new TimeoutError()), timeoutMs);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
