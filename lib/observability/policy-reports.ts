/** What may be said of a violation: which rule, and a keyword or the host of what it stopped. No path, no query. */
export type PolicyReport = { directive: string; blocked: string };

/** More in one post are not read. */
const MAX_REPORTS = 10;
const KEYWORD = /^[a-z-]{1,40}$/;

/**
 * Reads what a browser posts about a Content-Security-Policy: one report (`application/csp-report`, CSP Level 3) or a list
 * (`application/reports+json`, Reporting API).
 *
 * @returns none when it is neither
 */
export function readPolicyReports(text: string): PolicyReport[] {
  let payload: unknown;
  try {
    payload = JSON.parse(text);
  } catch {
    return [];
  }
  const entries = Array.isArray(payload)
    ? payload.slice(0, MAX_REPORTS).map((entry) => entry?.body)
    : [readField(payload, 'csp-report')];
  return entries.flatMap((entry) => {
    const directive =
      readField(entry, 'effectiveDirective') ??
      readField(entry, 'effective-directive') ??
      readField(entry, 'violated-directive');
    const blockedUri = readField(entry, 'blockedURL') ?? readField(entry, 'blocked-uri');
    if (typeof directive !== 'string' || !KEYWORD.test(directive)) return [];
    return [{ directive, blocked: normalizeBlockedUri(blockedUri) }];
  });
}

const readField = (source: unknown, name: string): unknown =>
  typeof source === 'object' && source !== null && Object.hasOwn(source, name)
    ? (source as Record<string, unknown>)[name]
    : undefined;

function normalizeBlockedUri(blockedUri: unknown): string {
  if (typeof blockedUri !== 'string') return 'unknown';
  if (KEYWORD.test(blockedUri)) return blockedUri;
  return URL.canParse(blockedUri) ? new URL(blockedUri).host.slice(0, 100) || 'unknown' : 'unknown';
}
