import { expect, test } from 'vitest';
import { problemSchema } from '../domain/partner-api/application-status.ts';
import { isApiPath, renderProblem } from './api-problem.ts';

test.each([
  ['/api/applications/order-1', true],
  ['/api/applications/', true],
  ['/api/openapi.json', true],
  ['/api', false],
  ['/en/api/applications/order-1', false],
])('%s is a path of the API: %s', (path, isApi) => expect(isApiPath(path)).toBe(isApi));

test.each([400, 403, 405, 429, 500, 503])('the problem of %s is valid, and says when to ask again', (status) => {
  const { headers, body, ...rest } = renderProblem(status);
  expect(rest).toEqual({ status });
  expect(problemSchema.parse(JSON.parse(body))).toMatchObject({ status });
  expect(headers).toMatchObject({ 'content-type': 'application/problem+json', 'cache-control': 'no-store' });
  expect(headers['retry-after']).toBe(status === 429 || status === 503 ? '5' : undefined);
});
