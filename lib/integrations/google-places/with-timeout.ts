export class TimeoutError extends Error {}

/**
 * Resolves with the result of `work`, which continues after a timeout with its result ignored.
 *
 * @throws TimeoutError after `timeoutMs` milliseconds
 */
export function withTimeout<Result>(timeoutMs: number, work: Promise<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new TimeoutError()), timeoutMs);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
