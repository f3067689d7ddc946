import { STATUS_CODES } from 'node:http';
import type { Problem } from '../domain/partner-api/application-status.ts';

export const PROBLEM_TYPE = 'application/problem+json';

/** Builds the body of an API's error (RFC 9457). It names no cause that a stranger could learn from. */
export const buildProblem = (status: number): Problem => ({
  type: 'about:blank',
  title: STATUS_CODES[status] ?? 'Error',
  status,
});

/** Creates the response of an API's error (RFC 9457). */
export const createProblemResponse = (status: 401 | 404 | 429, headers: Record<string, string> = {}): Response =>
  Response.json(buildProblem(status), {
    status,
    headers: { ...headers, 'content-type': PROBLEM_TYPE, 'cache-control': 'no-store' },
  });
