import { mkdtempSync, rmSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRaasControl } from '../../support/control-client.ts';
import { expect, test } from '../../support/fixtures.ts';
import { HttpApplicant } from '../../support/http-applicant.ts';
import { callAction, getSameOriginHeaders, listServerActions } from '../../support/pages/server-actions.ts';
import { startStack } from '../../support/stack.ts';
import { getRun } from '../../support/test-run.ts';

type OriginCase = { method: string; site?: string; origin?: string; isLetIn: boolean };

const OWN_ORIGIN = '<ours>';
const SITES = ['same-origin', 'same-site', 'cross-site', 'none', undefined];
const ORIGINS = [OWN_ORIGIN, 'https://evil.example', 'null', undefined];

/**
 * The cases of Go's `CrossOriginProtection` (net/http, 1.25): every value of `Sec-Fetch-Site` with every kind of `Origin`.
 * Ours is stricter where Go has to serve programs: what says nothing of where it comes from, and what no page began, is
 * refused too.
 */
const CASES: readonly OriginCase[] = SITES.flatMap((site) =>
  ORIGINS.map((origin) => ({
    method: 'POST',
    ...(site && { site }),
    ...(origin && { origin }),
    isLetIn: origin === OWN_ORIGIN && (site === 'same-origin' || site === undefined),
  })),
);

const buildHeaders = ({ site, origin }: OriginCase): Record<string, string> => ({
  ...(site && { 'sec-fetch-site': site }),
  ...(origin && { origin: origin === OWN_ORIGIN ? getRun().origins.app : origin }),
});

/** Asks as no browser would. */
function sendRaw(method: string, path: string, headers: Record<string, string>, body?: string): Promise<number> {
  const { hostname, port } = new URL(getRun().origins.app);
  return new Promise((resolve, reject) => {
    const rawRequest = httpRequest({ method, path, hostname, port, headers, agent: false }, (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    });
    rawRequest.on('upgrade', () => resolve(101));
    rawRequest.on('error', reject);
    rawRequest.end(body);
  });
}

test('no action of the app is reached from another’s page, whatever the browser says of it', async ({ request }) => {
  const actions = [...listServerActions().keys()];
  expect(actions.length).toBeGreaterThan(15);
  const failures: string[] = [];
  for (const name of actions) {
    for (const originCase of CASES) {
      // A known action id with useless arguments: only the status counts.
      const answer = await callAction(request, name, {
        path: '/en/onboarding/identity',
        args: ['en'],
        headers: buildHeaders(originCase),
      });
      const status = answer.status();
      if (originCase.isLetIn !== (status !== 403)) failures.push(`${name} ${JSON.stringify(originCase)}: ${status}`);
    }
  }
  expect(failures).toEqual([]);
});

test('what is no request of ours is refused with its own status before it is read, and never with 500', async () => {
  const form = { ...getSameOriginHeaders(), 'content-type': 'application/x-www-form-urlencoded' };
  const paths = [
    // Probes and files are served to GET alone, and similar names lead to pages like any other.
    '/healthz',
    '/readyz',
    '/icon.svg',
    '/brand/logo',
    '/brand/theme.css',
    '/brand/continue',
    '/_next/static/x',
    '/brand/onboarding/identity',
    '/_next/static/chunks',
    '/favicon.ico',
    '/metrics',
    '/en',
    '/en/onboarding/identity',
    '/en/assist',
    '/continue',
    '/assist/sign-in',
    '/partner',
    '/csp-report',
  ];
  for (const path of paths) {
    for (const method of ['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'PROPFIND'])
      expect([path, method, await sendRaw(method, path, form)]).toEqual([path, method, 405]);
    expect([path, await sendRaw('POST', path, { ...form, 'content-length': '70000' }, 'x'.repeat(70_000))]).toEqual([
      path,
      413,
    ]);
    expect([path, await sendRaw('POST', path, { ...form, 'transfer-encoding': 'chunked' }, 'a=b')]).toEqual([
      path,
      411,
    ]);
    for (const type of ['application/json', 'text/xml', 'text/plain', 'application/octet-stream', ''])
      expect([path, type, await sendRaw('POST', path, { ...form, 'content-type': type }, '{"a":1}')]).toEqual([
        path,
        type,
        415,
      ]);
    const upgrade = {
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-key': 'x',
      'sec-websocket-version': '13',
    };
    expect([path, (await sendRaw('GET', path, upgrade)) === 101]).toEqual([path, false]);
  }
});

test('a forged host, an odd nonce and the image optimiser lead nowhere', async ({ request }) => {
  const forgedHeaders = {
    'x-forwarded-host': 'evil.example',
    forwarded: 'host=evil.example',
    origin: 'https://evil.example',
  };
  expect(
    await sendRaw('POST', '/en/onboarding/identity', { ...forgedHeaders, 'content-type': 'text/plain' }, 'x'),
  ).toBe(403);
  const answer = await request.get('/en', {
    headers: { 'x-nonce': 'abc', 'content-security-policy': "script-src 'nonce-abc'" },
  });
  expect(await answer.text()).not.toContain('nonce="abc"');
  expect((await request.get('/_next/image?url=%2Ficon.svg&w=64&q=75')).status()).toBe(404);
  for (const path of ['/.env', '/.git/config', '/en/onboarding/identity/style.css', '/package.json'])
    expect([path, (await request.get(path)).ok()]).toEqual([path, false]);
});

test('limits hold over whatever a header says, nothing is sent beyond them, and what was typed is kept', {
  tag: '@all',
}, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'front-door-limits-'));
  let output = '';
  const stack = await startStack({
    ports: 'free',
    env: {
      DATA_DIR: folder,
      LIMIT_SUBMITS_PER_ADDRESS: '2',
      LIMIT_POSTS_PER_ADDRESS: '30',
      SHED_DELAY_MS: '60000',
      METRICS_LISTEN: '127.0.0.1:0',
    },
    onOutput: (text) => {
      output += text;
    },
  });
  const { app } = stack.origins;
  const port = Number(new URL(app).port);
  const raas = createRaasControl(() => stack.origins['raasControl'] ?? '');
  const people = Array.from({ length: 4 }, () => new HttpApplicant(undefined, app));
  const endings: string[] = [];
  for (const person of people) {
    await person.fill(port);
    const { location = '' } = await person.submit(port);
    endings.push(location.includes('?wait=') ? 'wait' : 'link');
  }
  expect(endings).toEqual(['link', 'link', 'wait', 'wait']);
  expect((await raas.getSubmitRequests(people[1]?.phone ?? '')).length).toBe(1);
  expect((await raas.getSubmitRequests(people[2]?.phone ?? '')).length).toBe(0);
  expect(await people[2]?.readState(port)).toEqual({ view: 'review', isKept: true });
  // The metrics show it, on a port that customers do not reach.
  const metrics = /"event":"metrics.ready","port":(\d+)/.exec(output)?.[1];
  const numbers = await (await fetch(`http://127.0.0.1:${metrics}/metrics`)).text();
  for (const line of [
    'front_door_events_total{event="submission.called",detail="succeeded"} 2',
    'front_door_events_total{event="limit.reached",detail="submitAddress"} 2',
    'front_door_events_total{event="step.saved",detail="identity"} 4',
    'front_door_upstream_call_seconds_count{outcome="succeeded"} 2',
    'front_door_submissions_open{state="parked"} 0',
  ])
    expect(numbers).toContain(line);
  expect((await fetch(`${app}/metrics`, { redirect: 'manual' })).ok).toBe(false);
  // A flood is refused before anything is read, and a forged address does not make it another's.
  const responses = await Promise.all(
    Array.from({ length: 60 }, (_, index) =>
      fetch(`${app}/en/onboarding/identity`, {
        method: 'POST',
        headers: {
          origin: app,
          'x-forwarded-for': `198.51.100.${index}`,
          'content-type': 'application/x-www-form-urlencoded',
        },
        body: 'a=b',
      }).then(({ status, headers }) => [status, headers.get('retry-after')] as const),
    ),
  );
  const rejectedResponses = responses.filter(([status]) => status === 429);
  expect(rejectedResponses.length).toBeGreaterThan(30);
  for (const [, retryAfter] of rejectedResponses) expect(Number(retryAfter)).toBeGreaterThan(0);
  await stack.stop();
  rmSync(folder, { recursive: true, force: true });
});
