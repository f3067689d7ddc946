/**
 * Whether one more request of a client is within its fair share of what a server can do at once (max-min fairness,
 * Bertsekas and Gallager, Data Networks, 6.5.2): each other client counts with at most as many requests as this one would
 * have. So a client with few requests is served while another one fills the server, which is refused first.
 *
 * @param inFlight requests in flight of each client
 * @param client whoever asks for one more
 * @param limit requests at once
 */
export function isWithinFairShare(inFlight: ReadonlyMap<string, number>, client: string, limit: number): boolean {
  const clientCount = (inFlight.get(client) ?? 0) + 1;
  let total = clientCount;
  for (const [otherClient, count] of inFlight) if (otherClient !== client) total += Math.min(count, clientCount);
  return total <= limit;
}
