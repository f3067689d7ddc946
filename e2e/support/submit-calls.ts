/**
 * The calls of the POST that must not be made twice, by phone as it is kept.
 *
 * @param control the RaaS stand-in's control port
 * @returns when each of them arrived, in milliseconds since 1970
 */
export async function findSubmitCalls(control: string): Promise<Map<string, number[]>> {
  const response = await fetch(`${control}/received`);
  const requests = (await response.json()) as { at: string; path: string; body: string }[];
  const calls = new Map<string, number[]>();
  for (const { at: receivedAt, path, body } of requests) {
    if (!path.endsWith('/auth/sessionlink-v2')) continue;
    const phone = (JSON.parse(body) as { phoneNumber: string }).phoneNumber.replace(/^\+521/, '+52');
    calls.set(phone, [...(calls.get(phone) ?? []), Date.parse(receivedAt)]);
  }
  return calls;
}

/** How many of them there were. */
export async function countSubmitCalls(control: string): Promise<Map<string, number>> {
  const calls = await findSubmitCalls(control);
  return new Map([...calls].map(([phone, times]) => [phone, times.length]));
}
