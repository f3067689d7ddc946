import { beforeEach, expect, test, vi } from 'vitest';
import { askWallet, canAskWallet } from './digital-credentials.ts';

class DigitalCredential {
  static userAgentAllowsProtocol: ((name: string) => boolean) | undefined;
  readonly data: unknown;
  constructor(data: unknown) {
    this.data = data;
  }
}
const browser = {
  isPressed: true,
  fetch: vi.fn(async () => Response.json({ nonce: 'n' })),
  get: vi.fn(async (): Promise<unknown> => new DigitalCredential({ vp_token: {} })),
};
beforeEach(() => {
  browser.isPressed = true;
  browser.fetch.mockClear();
  browser.get.mockClear();
  vi.stubGlobal('window', globalThis);
  vi.stubGlobal('DigitalCredential', DigitalCredential);
  vi.stubGlobal('fetch', browser.fetch);
  const userActivation = {
    get isActive() {
      return browser.isPressed;
    },
  };
  vi.stubGlobal('navigator', { userActivation, credentials: { get: browser.get } });
});

test('a browser can ask a wallet when it knows the protocol, or does not say', () => {
  expect(canAskWallet()).toBe(true);
  DigitalCredential.userAgentAllowsProtocol = (name) => name === 'openid4vp-v1-unsigned';
  expect(canAskWallet()).toBe(true);
  DigitalCredential.userAgentAllowsProtocol = (name) => name === 'org-iso-mdoc';
  expect(canAskWallet()).toBe(false);
  vi.unstubAllGlobals();
  vi.stubGlobal('window', globalThis);
  expect(canAskWallet()).toBe(false);
  DigitalCredential.userAgentAllowsProtocol = undefined;
});

test('the request of our server goes to the wallet, and the response comes back as text', async () => {
  expect(await askWallet('/request', undefined)).toEqual({ kind: 'presented', response: '{"vp_token":{}}' });
  const request = { protocol: 'openid4vp-v1-unsigned', data: { nonce: 'n' } };
  expect(browser.get).toHaveBeenCalledWith(expect.objectContaining({ digital: { requests: [request] } }));
});

test('a request that comes too late after the press waits for another press, and is not fetched again', async () => {
  browser.isPressed = false;
  const answer = await askWallet('/request', undefined);
  expect([answer.kind, browser.get.mock.calls.length]).toEqual(['retry', 0]);
  browser.isPressed = true;
  const second = await askWallet('/request', answer.kind === 'retry' ? answer.request : undefined);
  expect([second.kind, browser.fetch.mock.calls.length]).toEqual(['presented', 1]);
});

test('a request that waited longer than a minute is fetched again', async () => {
  await askWallet('/request', { data: {}, readAtMs: Date.now() - 60_000 });
  expect(browser.fetch).toHaveBeenCalledTimes(1);
});

test.each<[string, () => void]>([
  ['a wallet that declines', () => browser.get.mockRejectedValueOnce(new DOMException('', 'NotAllowedError'))],
  ['no credential', () => browser.get.mockResolvedValueOnce(null)],
  ['another kind of credential', () => browser.get.mockResolvedValueOnce({ data: {} })],
  ['a server that is away', () => browser.fetch.mockRejectedValueOnce(new TypeError('network'))],
  ['a server that refuses', () => browser.fetch.mockResolvedValueOnce(new Response(null, { status: 404 }))],
])('%s gives nothing', async (_name, prepare) => {
  prepare();
  expect(await askWallet('/request', undefined)).toEqual({ kind: 'nothing' });
});
