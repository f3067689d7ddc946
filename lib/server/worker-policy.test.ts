import type { IncomingMessage, ServerResponse } from 'node:http';
import { expect, test } from 'vitest';
import { setWorkerPolicy } from './worker-policy.ts';

function readHeaders(destination: string): Record<string, string> {
  const headers: Record<string, string> = {};
  const response = { setHeader: (name: string, value: string) => Object.assign(headers, { [name]: value }) };
  const request = { headers: { 'sec-fetch-dest': destination } };
  setWorkerPolicy(request as unknown as IncomingMessage, response as unknown as ServerResponse);
  return headers;
}

test('a worker may compile WebAssembly and reach our origin alone', () => {
  expect(readHeaders('worker')).toEqual({
    'content-security-policy': "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'",
    'cross-origin-embedder-policy': 'credentialless',
  });
});

test.each(['script', 'document', 'empty'])('a request for %s gets none of it', (destination) => {
  expect(readHeaders(destination)).toEqual({});
});
