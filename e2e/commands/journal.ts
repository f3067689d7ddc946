/** Calls of the POST that must not be made twice, by phone as it is kept. @param control the RaaS stand-in's control port */
export async function countSubmissions(control: string): Promise<Map<string, number>> {
  const response = await fetch(`${control}/received`);
  const all = (await response.json()) as { path: string; body: string }[];
  const counts = new Map<string, number>();
  for (const { path, body } of all) {
    if (!path.endsWith('/auth/sessionlink-v2')) continue;
    const phone = (JSON.parse(body) as { phoneNumber: string }).phoneNumber.replace(/^\+521/, '+52');
    counts.set(phone, (counts.get(phone) ?? 0) + 1);
  }
  return counts;
}
