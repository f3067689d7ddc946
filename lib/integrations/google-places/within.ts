/** The work took longer than it may. */
export class TooSlow extends Error {}

/**
 * The result of `work`, or a rejection when there is none in time. The work itself goes on; nobody hears of its end.
 *
 * @param limitMs milliseconds
 * @throws TooSlow
 */
export function within<Result>(limitMs: number, work: Promise<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new TooSlow()), limitMs);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
