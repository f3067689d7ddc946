import { expect, test, vi } from 'vitest';
import { buildPageHeaders } from './page-headers.ts';

const env = vi.hoisted(() => ({ APP_ENV: 'sandbox', RAAS_LINK_HOSTS: ['links.example'] }));
vi.mock('../config/env.ts', () => ({ getEnv: () => env }));

test('a page is not stored, isolates what it embeds, and reports violations', () => {
  const headers = buildPageHeaders('/en/onboarding/identity', 'abc', false);
  expect(headers['cache-control']).toBe('private, no-store');
  expect(headers['cross-origin-embedder-policy']).toBe('credentialless');
  expect(headers['reporting-endpoints']).toBe('csp="/csp-report"');
  expect(headers['content-security-policy']).toContain("'nonce-abc'");
  expect(headers).not.toHaveProperty('content-security-policy-report-only');
});

test('the card page takes no embedder policy, which the vault’s frames do not send, and only reports Trusted Types', () => {
  const headers = buildPageHeaders('/en/onboarding/card', 'abc', false);
  expect(headers).not.toHaveProperty('cross-origin-embedder-policy');
  expect(headers['content-security-policy-report-only']).toContain("require-trusted-types-for 'script'");
  expect(headers['content-security-policy']).not.toContain('require-trusted-types-for');
});

test('the preview takes no embedder policy, and in live its path is one of a normal page', () => {
  expect(buildPageHeaders('/en/preview', 'abc', false)).not.toHaveProperty('cross-origin-embedder-policy');
  env.APP_ENV = 'live';
  expect(buildPageHeaders('/en/preview', 'abc', false)).toHaveProperty('cross-origin-embedder-policy');
});
