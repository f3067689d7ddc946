import { beforeEach, expect, test, vi } from 'vitest';
import { isFramed, markFramedRequest } from './framed-request.ts';

const env = vi.hoisted(() => ({ current: {} as { EMBED_ORIGINS?: string[] } }));
vi.mock('../config/env.ts', () => ({ getEnv: () => env.current }));
beforeEach(() => {
  env.current = { EMBED_ORIGINS: ['https://www.partner.example'] };
});

function isMarked(path: string, headers: Record<string, string>): boolean {
  const request = { headers: { ...headers } };
  markFramedRequest(request, path);
  return isFramed(request);
}
const IN_FRAME = { 'sec-fetch-dest': 'iframe' };

test.each([
  '/partner',
  '/start-over',
  '/cookies',
  '/es',
  '/en/',
  '/en/cookies',
  '/es/link-refused',
  '/es/onboarding/identity',
  '/es/onboarding/identity/typed',
  '/en/onboarding/review',
  '/en/onboarding/outcome/view',
  '/en/onboarding/document/wallet/request',
])('%s may be in a frame, and a framed page may fetch it', (path) => {
  expect(isMarked(path, IN_FRAME)).toBe(true);
  expect(isMarked(path, { 'sec-fetch-dest': 'empty', 'x-framed': '1' })).toBe(true);
});

test.each([
  '/',
  '/en/assist',
  '/en/assist/cases/1/identity',
  '/assist/sign-in',
  '/en/preview',
  '/en/preview/start',
  '/en/continue',
  '/en/continue/help',
  '/continue',
  '/leave-frame',
  '/en/onboarding',
  '/en/no-such-page',
  '/healthz',
  '/csp-report',
])('%s is never in a frame', (path) => {
  for (const headers of [IN_FRAME, { 'x-framed': '1' }]) expect(isMarked(path, headers)).toBe(false);
});

test('a page of the whole window, or of another frame-like element, is not marked', () => {
  for (const dest of ['document', 'frame', 'embed', 'object', 'empty', 'fencedframe'])
    expect(isMarked('/en', { 'sec-fetch-dest': dest })).toBe(false);
  expect(isMarked('/en', {})).toBe(false);
  expect(isMarked('/en', { 'x-framed': 'yes' })).toBe(false);
});

test('without listed origins, nothing is marked', () => {
  env.current = {};
  for (const headers of [IN_FRAME, { 'x-framed': '1' }]) expect(isMarked('/en', headers)).toBe(false);
});
