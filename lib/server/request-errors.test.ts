import { beforeEach, expect, test, vi } from 'vitest';
import { getRequestContextStorage, type RequestContext } from '../http/request-context.ts';
import { logRequestError } from './request-errors.ts';

const events = vi.hoisted(() => [] as unknown[]);
vi.mock('../observability/logger.ts', () => ({ log: (event: unknown) => events.push(event) }));
vi.mock('../observability/counted-log.ts', () => ({
  logCounted: (_key: string, build: (count: number) => unknown) => events.push(build(1)),
}));
beforeEach(() => void events.splice(0));

const error = Object.assign(new Error('4111 1111 1111 1111'), { digest: '123' });
const logIn = (context: Partial<RequestContext>) =>
  getRequestContextStorage().run({ hasStarted: false, isUnreadable: false, isOutage: false, ...context }, () =>
    logRequestError(error, '/[locale]', 'render'),
  );

test('a failure of our own code is logged with its route and digest, and without its message', () => {
  logIn({ hasStarted: true });
  expect(events).toEqual([{ event: 'request.failed', digest: '123', route: '/[locale]', kind: 'render' }]);
});

test('a request that could not be read is counted as refused', () => {
  logIn({});
  logIn({ hasStarted: true, isUnreadable: true });
  const refused = { event: 'request.refused', status: 400, requests: 1 };
  expect(events).toEqual([refused, refused]);
});

test('a failure outside of a request is logged as a failure', () => {
  logRequestError(error, '/[locale]', 'render');
  expect(events).toMatchObject([{ event: 'request.failed' }]);
});
