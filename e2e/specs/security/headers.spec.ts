import { readdirSync, readFileSync } from 'node:fs';
import { Version } from 'csp_evaluator/dist/csp.js';
import { CspEvaluator } from 'csp_evaluator/dist/evaluator.js';
import { Severity } from 'csp_evaluator/dist/finding.js';
import { CspParser } from 'csp_evaluator/dist/parser.js';
import { createPhone, expect, test } from '../../support/fixtures.ts';
import { signIn, startCase } from '../../support/pages/agent.ts';
import { getEvidencePaths, getRun } from '../../support/test-run.ts';

/** Headers of every answer of ours (HTML, Fetch and CSP standards). */
const COMMON_HEADERS = {
  'x-content-type-options': 'nosniff',
  'strict-transport-security': 'max-age=63072000; includeSubDomains',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'x-frame-options': 'DENY',
  'referrer-policy': 'strict-origin-when-cross-origin',
};

/** Findings of Google's CSP evaluator of medium severity or worse. */
const evaluatePolicy = (policy: string) =>
  new CspEvaluator(new CspParser(policy).csp, Version.CSP3)
    .evaluate()
    // The stand-ins have no TLS: their hosts are listed with `http:`, which only `local` does.
    .filter(
      ({ severity, description }) =>
        severity <= Severity.MEDIUM && !/only resources downloaded over HTTPS/.test(description),
    )
    .map(({ directive, description }) => `${directive}: ${description}`);

/** The sources of a directive. */
const getSources = (policy: string, directive: string) =>
  policy
    .split('; ')
    .find((text) => text.startsWith(`${directive} `))
    ?.split(' ')
    .slice(1) ?? [];

/** Google is allowed on address pages alone, the vault on the card page alone. */
function expectOnlyItsVendor(policy: string, path: string): void {
  const { maps = '', vgs = '' } = getRun().origins;
  const [isAddress, isCard] = [path.endsWith('/address'), path.endsWith('/card')];
  const connectSources = getSources(policy, 'connect-src');
  expect([path, connectSources.includes(maps), connectSources.includes(vgs)]).toEqual([path, isAddress, isCard]);
  expect([path, getSources(policy, 'trusted-types').includes('*')]).toEqual([path, isAddress]);
}

test('every kind of page says what hardens it, keeps out of caches, and runs script by nonce and hash alone', async ({
  page,
  journey,
}) => {
  await journey.start('en');
  await journey.goToCard(createPhone());
  const paths = [
    '/en',
    '/en/onboarding/identity',
    '/en/onboarding/address',
    '/en/onboarding/payment',
    '/en/onboarding/card',
  ];
  for (const path of [
    ...paths,
    '/en/onboarding/outcome',
    '/en/assist/sign-in',
    '/en/continue',
    '/en/no-such-page',
    '/partner',
  ]) {
    const answer = await page.request.get(path, { maxRedirects: 0 });
    const headers = answer.headers();
    expect(headers, path).toMatchObject(COMMON_HEADERS);
    expect(headers['cache-control'], path).toMatch(/no-store/);
    expect(headers['x-powered-by'], path).toBeUndefined();
    expect(headers['server'], path).toBeUndefined();
    expect(headers['set-cookie'], path).toBeUndefined();
    expect(Object.keys(headers).filter((name) => name.startsWith('access-control-'))).toEqual([]);
    if ((await answer.body()).length > 0) expect(headers['content-type'], path).toMatch(/^text\/html; charset=utf-8$/i);
    if (answer.status() >= 300 && answer.status() < 400) continue;
    const policy = headers['content-security-policy'] ?? '';
    expect(policy, path).toContain("default-src 'none'");
    expect(policy, path).not.toContain('unsafe');
    expect(evaluatePolicy(policy), path).toEqual([]);
    const isCard = path.endsWith('/card');
    expect(policy.includes("require-trusted-types-for 'script'"), path).toBe(!isCard);
    expectOnlyItsVendor(policy, path);
    expect(headers['cross-origin-embedder-policy'], path).toBe(isCard ? undefined : 'credentialless');
    const scripts = [...(await answer.text()).matchAll(/<script\b[^>]*>/g)].map(([tag]) => tag);
    for (const tag of scripts) expect(tag, path).toMatch(/\bnonce="[^"]{20,}"/);
    // The framework knows the hashes of the files that every page has; a page's own it misses, for the brackets in their names.
    if (path !== '/partner')
      expect(scripts.filter((tag) => tag.includes('integrity="sha256-')).length, path).toBeGreaterThan(2);
  }
});

test('every other answer says what hardens it, too: files, what is not there, and what is refused', async ({
  page,
  request,
}) => {
  await page.goto('/en');
  const script = await page.locator('script[src]').first().getAttribute('src');
  const answers = [
    ...[script ?? '', '/icon.svg', '/brand/theme.css', '/healthz', '/readyz', '/favicon.ico', '/brand/continue'].map(
      (path) => request.get(path, { maxRedirects: 0 }),
    ),
    ...['/_next/static/none.js', '/_next/static/chunks', '/brand/none', '/%ff', '/en/../en'].map((path) =>
      request.get(path),
    ),
    ...['/en', '/healthz', '/brand/logo'].map((path) => request.fetch(path, { method: 'PUT' })),
    request.post('/en', { data: 'x' }),
  ];
  for (const answer of await Promise.all(answers)) {
    const headers = answer.headers();
    const description = `${answer.status()} ${answer.url()}`;
    const isFile = answer.url().includes('/_next/static/');
    const expectedHsts = isFile ? undefined : COMMON_HEADERS['strict-transport-security'];
    expect([description, headers['strict-transport-security']]).toEqual([description, expectedHsts]);
    expect([description, headers['x-content-type-options']]).toEqual([description, 'nosniff']);
    if (/html/.test(headers['content-type'] ?? '') || answer.status() >= 400)
      expect([description, headers['content-security-policy']?.includes('frame-ancestors')]).toEqual([
        description,
        true,
      ]);
  }
});

test('what is no page has its type and charset as well', async ({ page }) => {
  for (const [path, type] of Object.entries({
    '/icon.svg': 'image/svg+xml; charset=utf-8',
    '/brand/theme.css': 'text/css; charset=utf-8',
    '/healthz': 'text/plain;charset=UTF-8',
  })) {
    const headers = (await page.request.get(path)).headers();
    expect([path, headers['content-type'], headers['x-content-type-options']]).toEqual([path, type, 'nosniff']);
  }
});

test('a page of ours is not opened, framed or read by another’s', async ({ page, browser, baseURL }) => {
  const otherPage = await (await browser.newContext()).newPage();
  await otherPage.route('https://evil.example/', (route) =>
    route.fulfill({ contentType: 'text/html', body: `<iframe src="${baseURL}/en"></iframe>` }),
  );
  await otherPage.goto('https://evil.example/');
  await expect.poll(() => otherPage.frames().some((frame) => frame.url().startsWith('chrome-error:'))).toBe(true);
  await otherPage.context().close();
  await page.goto('/en');
  expect(await page.evaluate(() => window.crossOriginIsolated)).toBe(true);
});

test.describe('script that gets into a page', () => {
  test.use({ expectConsole: [/Trusted|TrustedScript|Content Security Policy|violates/] });

  test('does not run, is not written into it, and is reported', async ({ page }) => {
    await page.goto('/en/onboarding/identity');
    const results = await page.evaluate(() => {
      const attempts: Record<string, () => void> = {
        innerHTML: () => {
          document.body.innerHTML = '<img src=x onerror="window.owned = true">';
        },
        src: () => {
          document.createElement('script').src = 'https://evil.example/x.js';
        },
        handler: () => document.body.setAttribute('onclick', 'window.owned = true'),
        policy: () =>
          void (
            window as unknown as { trustedTypes: { createPolicy: (name: string, rules: object) => void } }
          ).trustedTypes.createPolicy('default', {}),
      };
      return Object.entries(attempts).map(([name, attempt]) => {
        try {
          attempt();
          return `${name} worked`;
        } catch {
          return `${name} refused`;
        }
      });
    });
    expect(results).toEqual(['innerHTML refused', 'src refused', 'handler refused', 'policy refused']);
    await page.locator('h1').click();
    expect(await page.evaluate(() => 'owned' in window)).toBe(false);
  });

  test('is heard of in the log, as a rule’s name and a host', async ({ page, baseURL }) => {
    const report = {
      'csp-report': { 'effective-directive': 'script-src-elem', 'blocked-uri': 'https://evil.example/x?name=Maria' },
    };
    const headers = { 'content-type': 'application/csp-report', origin: baseURL ?? '' };
    const answer = await page.request.post('/csp-report', { headers, data: JSON.stringify(report) });
    expect(answer.status()).toBe(204);
    const { log } = getEvidencePaths(getRun().folder);
    await expect
      .poll(() => readFileSync(log, 'utf8'))
      .toContain('"event":"policy.violated","directive":"script-src-elem","blocked":"evil.example"');
  });
});

test('the console’s pages are hardened like the customers’', async ({ page }) => {
  await signIn(page, 'ana');
  await startCase(page, createPhone());
  await page.waitForURL(/\/cases\/[^/]+\/identity$/);
  const steps = page.url().replace(/[^/]*$/, '');
  for (const path of ['/en/assist', `${steps}identity`, `${steps}address`, `${steps}payment`, `${steps}hand-over`]) {
    const headers = (await page.request.get(path, { maxRedirects: 0 })).headers();
    expect(headers, path).toMatchObject({ ...COMMON_HEADERS, 'cross-origin-embedder-policy': 'credentialless' });
    expectOnlyItsVendor(headers['content-security-policy'] ?? '', path);
  }
});

test.describe('a file of a page that does not come', () => {
  test.use({ expectConsole: [/ChunkLoadError|Loading chunk|Failed to load resource|Refused|Error/] });

  test('leaves a page that says so, and none that is blank', async ({ page, journey }) => {
    await journey.start('en');
    await page.route(/identity|address|payment|chunks\/\d/, (route) =>
      route.request().resourceType() === 'script' ? route.abort() : route.continue(),
    );
    await page.goto('/en/onboarding/identity');
    await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible();
  });
});

test('the worker that reads documents has its policy for every client, so that a shared cache cannot lose it', async ({
  request,
}) => {
  const files = readdirSync('.next/static/chunks').filter((name) => name.endsWith('.js'));
  const workers = files.filter((name) => name.startsWith('code-reader-worker'));
  expect(workers).toHaveLength(1);
  const readPolicy = async (name: string | undefined, destination: string) => {
    const response = await request.get(`/_next/static/chunks/${name}`, { headers: { 'sec-fetch-dest': destination } });
    const { 'content-security-policy': policy, 'cross-origin-embedder-policy': embedder } = response.headers();
    return [response.status(), policy, embedder];
  };
  const workerPolicy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'";
  for (const destination of ['worker', 'script', 'empty', ''])
    expect(await readPolicy(workers[0], destination)).toEqual([200, workerPolicy, 'credentialless']);
  const otherFile = files.find((name) => !workers.includes(name));
  expect(await readPolicy(otherFile, 'worker')).toEqual([200, undefined, undefined]);
});
