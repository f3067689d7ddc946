import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { createCertificates } from '../../support/certificates.ts';
import { createRaasControl } from '../../support/control-client.ts';
import { EXAMPLE_REQUEST, EXTRA_CARD_FIELDS, EXTRA_FIELDS, fillExample } from '../../support/pages/example-request.ts';
import { JourneyPage } from '../../support/pages/journey-page.ts';
import { type Stack, startStack } from '../../support/stack.ts';

const folder = mkdtempSync(join(tmpdir(), 'front-door-transports-'));
const certificates = createCertificates(join(folder, 'certificates'));
const PHONE = '+525521206706';
let stack: Stack | undefined;

test.afterEach(async () => {
  await stack?.stop();
  stack = undefined;
});
test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

const TRANSPORTS = {
  'mutual TLS': {
    env: certificates.mutualTls as Record<string, string>,
    envAt: ({ raasTls }: Record<string, string>) => ({ RAAS_BASE_URL: `${raasTls}/v1` }),
    arrived: { isTls: true },
  },
  Request4R: {
    env: certificates.request4r as Record<string, string>,
    envAt: () => ({}),
    arrived: { isTls: false, reference: expect.stringMatching(/^[0-9a-f-]{36}$/) },
  },
};

for (const [name, { env, envAt, arrived: expectArrival }] of Object.entries(TRANSPORTS)) {
  test(`over ${name} the example’s person arrives whole, and a lost answer is found again`, { tag: '@all' }, async ({
    page,
  }) => {
    stack = await startStack({
      ports: 'free',
      env: {
        ...certificates.sandbox,
        ...env,
        DATA_DIR: join(folder, name),
        RECONCILE_AFTER_MS: '300',
        RECONCILE_EVERY_MS: '200',
      },
      envAt,
    });
    const raas = createRaasControl(() => stack?.origins['raasControl'] ?? '');
    const journey = new JourneyPage(page);
    await raas.setNextAnswer(PHONE, { reset: true });
    await page.goto(`${stack.origins.app}/en`);
    await page.getByRole('link', { name: journey.messages.start.begin }).click();
    await fillExample(journey, '+5215521206706');
    await journey.submit();
    await expect(page.getByRole('heading', { name: 'Session link reached' })).toBeVisible();
    const calls = await raas.getSubmitRequests(PHONE);
    expect(calls).toMatchObject([{ path: '/v1/auth/sessionlink-v2', ...expectArrival }]);
    const addCardParams = { ...EXAMPLE_REQUEST.addCardParams, ...EXTRA_CARD_FIELDS };
    expect(JSON.parse(calls[0]?.body ?? '')).toEqual({ ...EXAMPLE_REQUEST, ...EXTRA_FIELDS, addCardParams });
  });
}

const validEnv = certificates.mutualTls;
const REJECTED_TRANSPORTS: Record<string, [sandbox: Record<string, string>, app: Record<string, string>]> = {
  'of an unknown authority': [certificates.sandbox, { ...validEnv, NODE_EXTRA_CA_CERTS: '' }],
  ...Object.fromEntries(
    (['wrong name', 'expired'] as const).map((fault) => {
      const { sandbox, mutualTls } = createCertificates(join(folder, fault), fault);
      return [`that is ${fault}`, [sandbox, mutualTls]];
    }),
  ),
};

for (const [label, [sandbox, app]] of Object.entries(REJECTED_TRANSPORTS)) {
  test(`a server with a certificate ${label} gets nothing, with and without script`, { tag: '@all' }, async ({
    browser,
  }) => {
    stack = await startStack({
      ports: 'free',
      env: { ...sandbox, ...app, DATA_DIR: join(folder, label) },
      envAt: ({ raasTls }) => ({ RAAS_BASE_URL: `${raasTls}/v1` }),
    });
    for (const javaScriptEnabled of [true, false]) {
      const context = await browser.newContext({ javaScriptEnabled, baseURL: stack.origins.app });
      const page = await context.newPage();
      const journey = new JourneyPage(page);
      await journey.start('en');
      await journey.goToReviewWithWallet(javaScriptEnabled ? '55 2120 6706' : '55 2120 6707');
      await journey.submit();
      await journey.expectTitle(journey.messages.outcome['not-sent'].title);
      await context.close();
    }
    expect(await createRaasControl(() => stack?.origins['raasControl'] ?? '').getRequests('+525521206707')).toEqual([]);
    expect(await createRaasControl(() => stack?.origins['raasControl'] ?? '').getRequests(PHONE)).toEqual([]);
  });
}
