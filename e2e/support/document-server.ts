import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, expect, type Page } from '@playwright/test';
import { writeBrandFile } from './brand-file.ts';
import { createRaasControl } from './control-client.ts';
import { type Stack, startStack } from './stack.ts';

type DocumentServer = Stack & { raas: ReturnType<typeof createRaasControl>; getOutput: () => string };

/** The changes to the demo's brand with which every document fills the form. */
const BRAND = { documents: ['curp', 'licence'], countries: ['MX', 'US'] };

/** A test on a server of its own whose brand offers documents. A page's error or a policy's violation fails it. */
export const test = base.extend<{ watch: undefined }, { server: DocumentServer }>({
  server: [
    // biome-ignore lint/correctness/noEmptyPattern: the runner reads from the pattern which fixtures a fixture needs
    async ({}, use) => {
      const folder = mkdtempSync(join(tmpdir(), 'front-door-documents-'));
      let output = '';
      const stack = await startStack({
        ports: 'free',
        env: { DATA_DIR: join(folder, 'data'), BRAND_FILE: writeBrandFile(folder, BRAND) },
        onOutput: (text) => {
          output += text;
        },
      });
      const raas = createRaasControl(() => stack.origins['raasControl'] ?? '');
      await use({ ...stack, raas, getOutput: () => output });
      await stack.stop();
      rmSync(folder, { recursive: true, force: true });
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  watch: [
    async ({ page }, use) => {
      const problems: string[] = [];
      page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
      page.on('pageerror', (error) => problems.push(String(error)));
      await use(undefined);
      expect(problems).toEqual([]);
    },
    { auto: true },
  ],
});
export { expect };

/** Collects all that a page sends: addresses, headers and bodies, as bytes. */
export function recordRequests(page: Page): {
  urls: string[];
  findText: (text: string | Buffer) => string[];
  getBytes: () => Buffer;
} {
  const urls: string[] = [];
  const parts: [string, Buffer][] = [];
  page.context().on('request', (request) => {
    urls.push(request.url());
    const head = Buffer.from(
      decodeURIComponent(request.url().replaceAll('%', '%25')) + JSON.stringify(request.headers()),
    );
    parts.push([request.url(), Buffer.concat([head, request.postDataBuffer() ?? Buffer.alloc(0)])]);
  });
  return {
    urls,
    findText: (text) => parts.filter(([, bytes]) => bytes.includes(text)).map(([url]) => url),
    getBytes: () => Buffer.concat(parts.map(([, bytes]) => bytes)),
  };
}

/** Returns what the page's origin keeps in the browser: local and session storage, databases and caches. */
export const readStorage = (page: Page): Promise<unknown[]> =>
  page.evaluate(async () => [
    { ...localStorage },
    { ...sessionStorage },
    await indexedDB.databases(),
    await caches.keys(),
  ]);
