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

/** The value below which such a part of all values lies. */
export function shareOf(values: readonly number[], part: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
}
