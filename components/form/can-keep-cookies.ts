/**
 * Returns whether the browser stores a test cookie, also for a page in a partner's frame (CHIPS). Browsers that block cookies do not
 * always report it.
 */
export function canKeepCookies(): boolean {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser and answers late
  document.cookie = 'probe=1; Path=/; Secure; SameSite=None; Partitioned';
  const isKept = document.cookie.includes('probe=1');
  // biome-ignore lint/suspicious/noDocumentCookie: as above
  document.cookie = 'probe=; Path=/; Secure; SameSite=None; Partitioned; Max-Age=0';
  return isKept;
}
