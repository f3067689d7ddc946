import type { IncomingMessage, ServerResponse } from 'node:http';

/**
 * A worker has a policy of its own (HTML Standard, 10.2.6.3): it may compile the decoder's WebAssembly and load our files. Without this
 * Cross-Origin-Embedder-Policy a page that has one may not start it (HTML Standard, 7.1.4).
 */
const WORKER_HEADERS = {
  'content-security-policy': "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'",
  'cross-origin-embedder-policy': 'credentialless',
};

/** Sets the policy of a script that a page of ours runs as a worker (Fetch Metadata, W3C: `sec-fetch-dest`). */
export function setWorkerPolicy({ headers }: IncomingMessage, response: ServerResponse): void {
  if (headers['sec-fetch-dest'] !== 'worker') return;
  for (const [name, value] of Object.entries(WORKER_HEADERS)) response.setHeader(name, value);
}
