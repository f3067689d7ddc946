/**
 * Returns whether one more request of a client is within its fair share of the server (max-min fairness, Bertsekas and
 * Gallager, Data Networks, 6.5.2). Each other client counts with at most as many requests as this one would have, so
 * the client with the most requests is refused first.
 *
 * @param inFlight requests in flight of each client
 * @param client the one that sends one more request
 * @param limit requests at once
 */
export function isWithinFairShare(inFlight: ReadonlyMap<string, number>, client: string, limit: number): boolean {
  const clientCount = (inFlight.get(client) ?? 0) + 1;
  let total = clientCount;
  for (const [otherClient, count] of inFlight) if (otherClient !== client) total += Math.min(count, clientCount);
  return total <= limit;
}
