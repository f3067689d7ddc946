/**
 * The loggable part of a violation: the directive, and a keyword or the host of the blocked resource. No path, no
 * query.
 */
export type PolicyReport = { directive: string; blocked: string };

/** Further reports of one post are ignored. */
const MAX_REPORTS = 10;
const KEYWORD = /^[a-z-]{1,40}$/;

/**
 * Parses a browser's post about a Content-Security-Policy: one report (`application/csp-report`, CSP Level 3) or a list
 * (`application/reports+json`, Reporting API).
 *
 * @returns an empty list for any other post
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
