import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { sendRawRequest, startHttpServer } from '../../e2e/support/http-server.ts';
import { setRequestOutage, setRequestStarted } from '../http/request-context.ts';
import { createRequestPipeline } from './request-pipeline.ts';

const env = vi.hoisted(() => ({
  current: {
    APP_ENV: 'live',
    APP_ORIGIN: 'https://start.example',
    RAAS_LINK_HOSTS: ['links.example'],
    TRUSTED_HOPS: 0,
    LIMIT_POSTS_PER_ADDRESS: 100,
  } as Record<string, unknown>,
}));
vi.mock('../config/env.ts', () => ({ getEnv: () => env.current }));
vi.mock('../observability/logger.ts', () => ({ log: () => {} }));
vi.mock('../config/translations/get-brand-messages.ts', async () => {
  const { default: messages } = await import('../i18n/messages/en.json', { with: { type: 'json' } });
  return { getBrandMessages: () => messages };
});

const ORIGINS = ['https://www.partner.example', 'https://app.partner.example'];
const FRAMED = `frame-ancestors ${ORIGINS.join(' ')}`;
const UNFRAMED = "frame-ancestors 'none'";

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;
/** Stands for Next.js. */
const handle = vi.fn<Handler>();
beforeEach(() => {
  env.current = { ...env.current, EMBED_ORIGINS: ORIGINS };
  handle.mockReset();
});

const limits = { perClient: 0, requests: 100, busyRequests: 100, delay: 3_600_000 };
const open = await startHttpServer(createRequestPipeline({ ...limits, perClient: 100 }, handle));
const full = await startHttpServer(createRequestPipeline(limits, handle));
afterAll(() => {
  open.server.close();
  full.server.close();
});

const answer = (status: number, mark = () => {}) =>
  handle.mockImplementation(async (request, response) => {
    setRequestStarted();
    for await (const _ of request);
    mark();
    response.writeHead(status, { 'content-type': 'text/plain' }).end('theirs');
  });
const OUR_PAGE = { origin: 'https://start.example' };
const form = new FormData();
form.set('firstName', 'Ana');

type Failure = {
  status: number;
  path: string;
  origin?: string;
  method?: string;
  headers?: Record<string, string>;
  prepare?: () => void;
};
const FAILURES: Readonly<Record<string, Failure>> = {
  'an address with too many requests': { status: 429, path: '/partner', origin: full.origin },
  'a method that no page uses': { status: 405, path: '/en', method: 'PUT' },
  'a post of another site': { status: 403, path: '/en/onboarding/identity', method: 'POST' },
  'a failing store, for a page': {
    status: 503,
    path: '/es/onboarding/review',
    prepare: () => answer(500, setRequestOutage),
  },
  'a failing store, for a partner’s token': {
    status: 503,
    path: '/partner',
    method: 'POST',
    headers: OUR_PAGE,
    prepare: () => answer(500, setRequestOutage),
  },
  'a failing store, for a form': {
    status: 503,
    path: '/en/onboarding/identity',
    method: 'POST',
    headers: OUR_PAGE,
    prepare: () => answer(500, setRequestOutage),
  },
  'a form of an older build': {
    status: 409,
    path: '/en/onboarding/review',
    method: 'POST',
    headers: OUR_PAGE,
    prepare: () => answer(409),
  },
  'a failure of our own code': {
    status: 500,
    path: '/en',
    prepare: () => handle.mockRejectedValue(new Error('broken')),
  },
};

/** Causes a failure. @returns the directive of its answer that tells who may frame it */
async function readFrameAncestors(
  { status, path, origin = open.origin, method = 'GET', headers, prepare }: Failure,
  ownHeaders: Record<string, string>,
): Promise<string | undefined> {
  prepare?.();
  const body = method === 'POST' ? form : null;
  const response = await fetch(origin + path, { method, headers: { ...headers, ...ownHeaders }, body });
  expect(response.status).toBe(status);
  expect(response.headers.get('x-frame-options')).toBeNull();
  return response.headers
    .get('content-security-policy')
    ?.split('; ')
    .find((directive) => directive.startsWith('frame-ancestors'));
}

describe.each(Object.entries(FAILURES))('the answer to %s', (_, failure) => {
  test('can be shown in a frame of the listed pages', async () => {
    expect(await readFrameAncestors(failure, { 'sec-fetch-dest': 'iframe' })).toBe(FRAMED);
  });

  test('is in no frame otherwise', async () => {
    for (const headers of [{}, { 'sec-fetch-dest': 'document' }, { 'sec-fetch-dest': 'frame', 'x-framed': 'yes' }])
      expect(await readFrameAncestors(failure, headers)).toBe(UNFRAMED);
  });

  test('is in no frame of an app without listed pages', async () => {
    env.current = { ...env.current, EMBED_ORIGINS: undefined };
    expect(await readFrameAncestors(failure, { 'sec-fetch-dest': 'iframe' })).toBe(UNFRAMED);
  });
});

test.each(['/en/assist', '/en/continue', '/en/no-such-page', '/'])(
  'the error pages of %s, which is never framed, are in no frame',
  async (path) => {
    for (const headers of [{ 'sec-fetch-dest': 'iframe' }, { 'x-framed': '1' }])
      expect(await readFrameAncestors({ status: 429, path, origin: full.origin }, headers)).toBe(UNFRAMED);
  },
);

test('the refusal of a path with two readings is in no frame, whatever the request says of itself', async () => {
  const text = 'GET /en/..%2fes HTTP/1.1\r\nHost: x\r\nX-Framed: 1\r\nSec-Fetch-Dest: iframe\r\n\r\n';
  const raw = await sendRawRequest(open.port, text);
  expect(raw).toContain('HTTP/1.1 400');
  expect(raw).toContain(UNFRAMED);
});
