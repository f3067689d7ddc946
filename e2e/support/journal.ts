/**
 * The calls of the POST that must not be made twice, by phone as it is kept.
 *
 * @param control the RaaS stand-in's control port
 * @returns when each of them arrived, in milliseconds since 1970
 */
export async function findSubmissions(control: string): Promise<Map<string, number[]>> {
  const response = await fetch(`${control}/received`);
  const all = (await response.json()) as { at: string; path: string; body: string }[];
  const calls = new Map<string, number[]>();
  for (const { at, path, body } of all) {
    if (!path.endsWith('/auth/sessionlink-v2')) continue;
    const phone = (JSON.parse(body) as { phoneNumber: string }).phoneNumber.replace(/^\+521/, '+52');
    calls.set(phone, [...(calls.get(phone) ?? []), Date.parse(at)]);
  }
  return calls;
}

/** How many of them there were. */
export async function countSubmissions(control: string): Promise<Map<string, number>> {
  const calls = await findSubmissions(control);
  return new Map([...calls].map(([phone, times]) => [phone, times.length]));
}
