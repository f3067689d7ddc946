import { buildProblem, PROBLEM_TYPE } from '../http/problem-response.ts';
import { RETRY_AFTER_SECONDS } from './error-pages.ts';
import type { PlainResponse } from './replace-response.ts';

/** The paths that partners' servers call. They get problems (RFC 9457) where browsers get pages. */
const API_PREFIX = '/api/';

export const isApiPath = (path: string): boolean => path.startsWith(API_PREFIX);

/** Statuses after which the same request can succeed. */
const TEMPORARY_STATUSES = [429, 503];

/** Renders an error of the API, with the time after which the server may ask again. */
export function renderProblem(status: number): PlainResponse {
  return {
    status,
    body: JSON.stringify(buildProblem(status)),
    headers: {
      'content-type': PROBLEM_TYPE,
      'cache-control': 'no-store',
      ...(TEMPORARY_STATUSES.includes(status) && { 'retry-after': String(RETRY_AFTER_SECONDS) }),
    },
  };
}
