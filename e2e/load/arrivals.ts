/**
 * People who come by the clock, whether or not those before them have been served, as they do in life. A load that waits
 * for its answers goes easy on a server that is slow (coordinated omission).
 *
 * @returns when the last of them has ended
 */
export async function arrivals(perSecond: number, seconds: number, come: (at: number) => Promise<void>): Promise<void> {
  const begun: Promise<void>[] = [];
  const start = performance.now();
  for (let at = 0; at < perSecond * seconds; at += 1) {
    const wait = start + (at * 1_000) / perSecond - performance.now();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    begun.push(come(at));
  }
  await Promise.all(begun);
}
