import type { IncomingHttpHeaders } from 'node:http';

/** The path that accepts posts of other sites: `app/partner` only returns the post to its browser. */
const CROSS_SITE_POST_PATH = '/partner';
/** The path of browsers' reports, which arrive with or without an origin (Reporting API). */
const REPORT_PATH = '/csp-report';

/** 64 KiB exceed each of our forms and each post of a partner's page (`serverActions.bodySizeLimit` is the same). */
export const MAX_BODY_BYTES = 64 * 1024;

/** The content types of forms, of Next.js's action calls and of browsers' reports. */
const FORM_TYPES = /^(multipart\/form-data|application\/x-www-form-urlencoded)(;|$)/i;
const ACTION_CALL_TYPE = /^text\/plain(;|$)/i;
const REPORT_TYPES = /^application\/(csp-report|reports\+json)(;|$)/i;

type RequestHeaders = { headers: Pick<Headers, 'get'> };

/** Returns the headers of Node's request for the functions below. */
export const readNodeHeaders = (headers: IncomingHttpHeaders): Pick<Headers, 'get'> => ({
  get: (name) => headers[name]?.toString() ?? null,
});

type RequestHead = RequestHeaders & { method: string; pathname: string };

/**
 * Returns whether one of our own pages sent the request, by `Origin` and `Sec-Fetch-Site` (Fetch Metadata; OWASP CSRF
 * cheat sheet). A request without `Origin` is not of our pages.
 */
export function isSameOrigin({ headers }: RequestHeaders, origin: string): boolean {
  const site = headers.get('sec-fetch-site');
  return headers.get('origin') === origin && (site === null || site === 'same-origin');
}

/**
 * Returns why a request must not reach a page or an action, or undefined. It is refused before its body is read.
 *
 * @returns the HTTP status of the refusal: 403 not from our pages, 405 no such method, 411 no length, 413 too long, 415
 * no kind of body that we take (RFC 9110, section 15.5), 426 another protocol, 400 a form without its boundary (RFC
 * 2046, 5.1.1)
 */
export function getRejectionStatus({ method, headers, pathname }: RequestHead, origin: string): number | undefined {
  if (headers.get('upgrade') !== null) return 426;
  if (method === 'GET' || method === 'HEAD') return undefined;
  if (method !== 'POST') return 405;
  const isReport = pathname === REPORT_PATH;
  if (!isReport && pathname !== CROSS_SITE_POST_PATH && !isSameOrigin({ headers }, origin)) return 403;
  return getBodyRejectionStatus(headers, isReport);
}

function getBodyRejectionStatus(
  headers: RequestHeaders['headers'],
  isReport: boolean,
): 400 | 411 | 413 | 415 | undefined {
  const length = headers.get('content-length');
  if (length === null && headers.get('transfer-encoding') !== null) return 411;
  if (Number(length ?? 0) > MAX_BODY_BYTES) return 413;
  if (Number(length ?? 0) === 0) return undefined;
  const type = headers.get('content-type') ?? '';
  if (/^multipart\//i.test(type) && !/;\s*boundary=("[^"]{1,70}"|[^\s;"]{1,70})/i.test(type)) return 400;
  const isCall = headers.get('next-action') !== null && ACTION_CALL_TYPE.test(type);
  return (isReport ? REPORT_TYPES.test(type) : FORM_TYPES.test(type) || isCall) ? undefined : 415;
}
