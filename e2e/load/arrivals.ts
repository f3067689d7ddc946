/**
 * People who come by the clock, whether or not those before them have been served, as they do in life. A load that waits
 * for its answers goes easy on a server that is slow (coordinated omission).
 *
 * @returns when the last of them has ended
 */
export async function runArrivals(
  perSecond: number,
  seconds: number,
  onArrival: (index: number) => Promise<void>,
): Promise<void> {
  const pending: Promise<void>[] = [];
  const start = performance.now();
  for (let index = 0; index < perSecond * seconds; index += 1) {
    const waitMs = start + (index * 1_000) / perSecond - performance.now();
    if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
    pending.push(onArrival(index));
  }
  await Promise.all(pending);
}
