import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { unstable_doesMiddlewareMatch as doesMiddlewareMatch } from 'next/experimental/testing/server';
import { expect, test, vi } from 'vitest';

// The proxy's function needs the framework's bundler; this test reads its configuration alone.
vi.mock('next-intl/middleware', () => ({ default: () => () => undefined }));
const { config } = await import('./proxy.ts');

const isRedirected = (path: string) => doesMiddlewareMatch({ config, url: `https://start.example${path}` });

const publicFiles = readdirSync('public', { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map(({ parentPath, name }) => `/${relative('public', join(parentPath, name))}`);

test('every public file is served at its own address', () => {
  expect(publicFiles).toEqual(expect.arrayContaining(['/embed/v1.js', '/embed/v1.d.ts', '/icon.svg']));
  expect(publicFiles.filter(isRedirected)).toEqual([]);
});

test.each(['/es', '/en/', '/en/onboarding/identity', '/partner', '/healthz', '/api/openapi.json', '/brand/theme.css'])(
  '%s has no other address',
  (path) => expect(isRedirected(path)).toBe(false),
);

test.each([
  '/',
  '/onboarding/identity',
  '/partner/x',
  '/embed',
  '/embed/v1',
  '/embed/v1.d.tsx',
  '/embed/v1.js.map',
  '/fr',
])('%s is redirected to the browser’s language', (path) => expect(isRedirected(path)).toBe(true));
