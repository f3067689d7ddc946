import fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { VaultSettings } from '../../config/vendor-settings.ts';

type Script = { src: string; onload: () => void; onerror: () => void; remove: () => void };

/** Ways in which a request for the script ends: refused, not answered, or answered with another script. */
const ENDS = {
  refused: (script: Script) => script.onerror(),
  silent: () => undefined,
  other: (script: Script) => script.onload(),
};
const ends = fc.array(fc.constantFrom(...(Object.keys(ENDS) as (keyof typeof ENDS)[])), { minLength: 1, maxLength: 5 });
const origins = fc.constantFrom(['https://js.example'], ['https://js.example', 'https://js2.example']);

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** Lets the browser answer each request for the script, and records the addresses. */
function stubBrowser(answer: (script: Script) => void): string[] {
  const addresses: string[] = [];
  const append = (script: Script) => {
    addresses.push(script.src);
    queueMicrotask(() => answer(script));
  };
  vi.stubGlobal('document', { createElement: () => ({ remove: () => undefined }), head: { append } });
  return addresses;
}

test('after failures, the next call requests the script again at a new address', async () => {
  await fc.assert(
    fc.asyncProperty(ends, origins, async (failures, hosts) => {
      vi.resetModules();
      const { loadCollect } = await import('./load-collect.ts');
      const settings = { origins: hosts, version: '3.2.2' } as unknown as VaultSettings;
      let end = ENDS.silent as (script: Script) => void;
      const addresses = stubBrowser((script) => end(script));
      vi.stubGlobal('window', {});
      for (const failure of failures) {
        end = ENDS[failure];
        const failed = expect(loadCollect(settings)).rejects.toThrow('The vault script did not load');
        await vi.advanceTimersByTimeAsync(hosts.length * 15_000);
        await failed;
      }
      const collect = { init: () => undefined };
      vi.stubGlobal('window', { VGSCollect: collect });
      end = ENDS.other;
      expect(await loadCollect(settings)).toBe(collect);
      expect(addresses).toHaveLength(failures.length * hosts.length + 1);
      expect(new Set(addresses).size).toBe(addresses.length);
    }),
    { numRuns: 50 },
  );
});

test('two calls at once share one request', async () => {
  vi.resetModules();
  const { loadCollect } = await import('./load-collect.ts');
  const addresses = stubBrowser((script) => script.onload());
  vi.stubGlobal('window', { VGSCollect: {} });
  const settings = { origins: ['https://js.example'], version: '3.2.2' } as unknown as VaultSettings;
  const [first, second] = await Promise.all([loadCollect(settings), loadCollect(settings)]);
  expect(first).toBe(second);
  expect(addresses).toEqual(['https://js.example/vgs-collect/3.2.2/vgs-collect.js']);
});
