import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { HttpApplicant } from '../../support/http-applicant.ts';
import { messages } from '../../support/pages/journey-page.ts';
import { startStack } from '../../support/stack.ts';

// An upstream that cannot be reached: nothing was sent, so the customer may try again, and nothing they typed is lost.

/** The fate of a connection before a byte of the call can be read. */
type UnreachableUpstream = {
  scheme: string;
  onConnection: ((socket: Socket) => void) | undefined;
  env?: Record<string, string>;
};
const UNREACHABLE_UPSTREAMS: Record<string, UnreachableUpstream> = {
  'nobody listens': { scheme: 'http', onConnection: undefined },
  'nobody knows its name': {
    scheme: 'http',
    onConnection: () => {},
    env: { NODE_OPTIONS: '--import ./e2e/support/dns-failure.mjs' },
  },
  // Without TLS a reset races with the first byte, and a call that lost that race is ambiguous.
  'every handshake is reset': { scheme: 'https', onConnection: (socket) => socket.resetAndDestroy() },
  'the TLS peer is silent': { scheme: 'https', onConnection: () => {} },
  'the TLS peer speaks something else': { scheme: 'https', onConnection: (socket) => socket.end('SMTP ready\r\n') },
};

for (const [name, { scheme, onConnection, env }] of Object.entries(UNREACHABLE_UPSTREAMS)) {
  test(`when ${name}, nothing was sent and everything is kept, with and without script`, {
    tag: name === 'nobody listens' ? [] : '@all',
  }, async ({ browser }) => {
    const upstreamServer = createServer((socket) => {
      socket.on('error', () => {});
      onConnection?.(socket);
    });
    await new Promise<void>((resolve) => upstreamServer.listen(0, '127.0.0.1', resolve));
    const { port } = upstreamServer.address() as AddressInfo;
    if (!onConnection) await new Promise((resolve) => upstreamServer.close(resolve));
    const folder = mkdtempSync(join(tmpdir(), 'front-door-doors-'));
    const stack = await startStack({
      ports: 'free',
      env: {
        DATA_DIR: folder,
        RAAS_CONNECT_MS: '300',
        RAAS_LOOKUP_MS: '400',
        BREAKER_IN_A_ROW: '1000000',
        BREAKER_PERCENT: '100',
        SHED_DELAY_MS: '60000',
        ...env,
      },
      envAt: () => ({ RAAS_BASE_URL: `${scheme}://${env ? 'localhost' : '127.0.0.1'}:${port}/v1` }),
    });
    const { app } = stack.origins;
    for (const javaScriptEnabled of [true, false]) {
      const person = new HttpApplicant(undefined, app);
      await person.fill(Number(new URL(app).port));
      const context = await browser.newContext({ javaScriptEnabled, baseURL: app });
      await context.addCookies([person.browserCookie]);
      const page = await context.newPage();
      await page.goto('/es/onboarding/review');
      await page.getByRole('button', { name: messages.es.review.submit }).click();
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(messages.es.outcome['not-sent'].title);
      await page.getByRole('link', { name: messages.es.outcome['not-sent'].action }).click();
      await expect(page.getByText('Calle Dos 10')).toBeVisible();
      await context.close();
    }
    await stack.stop();
    upstreamServer.close();
    rmSync(folder, { recursive: true, force: true });
  });
}
