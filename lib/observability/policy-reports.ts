/** What may be said of a violation: which rule, and a keyword or the host of what it stopped. No path, no query. */
export type PolicyReport = { directive: string; blocked: string };

/** More in one post are not read. */
const MOST = 10;
const KEYWORD = /^[a-z-]{1,40}$/;

/**
 * Reads what a browser posts about a Content-Security-Policy: one report (`application/csp-report`, CSP Level 3) or a list
 * (`application/reports+json`, Reporting API).
 *
 * @returns none when it is neither
 */
export function readPolicyReports(text: string): PolicyReport[] {
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch {
    return [];
  }
  const entries = Array.isArray(given)
    ? given.slice(0, MOST).map((entry) => entry?.body)
    : [field(given, 'csp-report')];
  return entries.flatMap((entry) => {
    const directive =
      field(entry, 'effectiveDirective') ?? field(entry, 'effective-directive') ?? field(entry, 'violated-directive');
    const blocked = field(entry, 'blockedURL') ?? field(entry, 'blocked-uri');
    if (typeof directive !== 'string' || !KEYWORD.test(directive)) return [];
    return [{ directive, blocked: placeOf(blocked) }];
  });
}

const field = (from: unknown, name: string): unknown =>
  typeof from === 'object' && from !== null && Object.hasOwn(from, name)
    ? (from as Record<string, unknown>)[name]
    : undefined;

function placeOf(blocked: unknown): string {
  if (typeof blocked !== 'string') return 'unknown';
  if (KEYWORD.test(blocked)) return blocked;
  return URL.canParse(blocked) ? new URL(blocked).host.slice(0, 100) || 'unknown' : 'unknown';
}
