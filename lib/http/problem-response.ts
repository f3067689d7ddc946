import type { Problem } from '../domain/partner-api/application-status.ts';

const TITLES = { 401: 'Unauthorized', 404: 'Not Found', 429: 'Too Many Requests' } as const;

/** Builds the response of an API's error (RFC 9457). It names no cause that a stranger could learn from. */
export function createProblemResponse(status: keyof typeof TITLES, headers: Record<string, string> = {}): Response {
  const problem: Problem = { type: 'about:blank', title: TITLES[status], status };
  return Response.json(problem, {
    status,
    headers: { ...headers, 'content-type': 'application/problem+json', 'cache-control': 'no-store' },
  });
}
