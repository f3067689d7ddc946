import { expect, test } from '@playwright/test';
import { runBursts } from '../../resilience/parts/bursts.ts';
import { runFolderLock } from '../../resilience/parts/data-folder-lock.ts';
import { runKills } from '../../resilience/parts/kill.ts';
import { runHostileLinks } from '../../resilience/parts/links.ts';
import { runPhones } from '../../resilience/parts/phones.ts';
import { runRaces } from '../../resilience/parts/races.ts';
import { runStops } from '../../resilience/parts/stops.ts';
import { sendRequest } from '../../support/http.ts';
import { HttpApplicant, parseView } from '../../support/http-applicant.ts';
import { waitUntil } from '../../support/run-helpers.ts';
import { type StoreKind, TestEnvironment } from '../../support/test-environment.ts';

// A small share of `npm run load`, so that every change meets it. The counts that prove something are in
// docs/load-results.md.

const STORES: readonly StoreKind[] = ['pglite', 'postgres'];

for (const store of STORES) {
  test(`killed servers lose nothing and send nobody twice, on ${store}`, { tag: '@all' }, async () => {
    expect((await runKills(6, store)).breaches).toEqual([]);
  });

  test(`bursts of twenty make one call each, on ${store}`, { tag: '@all' }, async () => {
    expect((await runBursts(8, store)).breaches).toEqual([]);
  });

  test(`SIGTERM breaks nothing in flight, on ${store}`, { tag: '@all' }, async () => {
    expect((await runStops(2, store)).breaches).toEqual([]);
  });
}

test('two servers on one Postgres never have two live attempts of a person', { tag: '@all' }, async () => {
  expect((await runRaces(200)).breaches).toEqual([]);
});

test('a second process on the same folder is refused', { tag: '@all' }, async () => {
  expect((await runFolderLock(3)).breaches).toEqual([]);
});

test('known and unknown phones look the same', { tag: '@all' }, async () => {
  expect((await runPhones(12, false)).breaches).toEqual([]);
});

test('hostile links are not followed', { tag: '@all' }, async () => {
  expect((await runHostileLinks(20)).breaches).toEqual([]);
});

test('while the breaker is open, pages come fast, nothing is called and nothing is lost; then it heals', {
  tag: '@all',
}, async () => {
  const environment = await TestEnvironment.create('postgres');
  try {
    const { port } = await environment.startServer({
      BREAKER_IN_A_ROW: '3',
      BREAKER_REST_MS: '3000',
      RECONCILE_AFTER_MS: '60000',
    });
    const people = Array.from({ length: 20 }, () => new HttpApplicant());
    for (const person of people) await person.fill(port);
    const [firstPerson, secondPerson, thirdPerson, ...otherPeople] = people;
    for (const person of [firstPerson, secondPerson, thirdPerson]) {
      await environment.controlUpstream('next', { key: person?.phone, answer: { status: 500, body: {} } });
      await person?.submit(port);
    }
    const times: number[] = [];
    for (const person of otherPeople) {
      const start = performance.now();
      const { location = '' } = await person.submit(port);
      const page = await sendRequest(port, location, { cookie: person.cookie });
      times.push(performance.now() - start);
      expect(parseView(page.body)).toBe('not-sent');
    }
    times.sort((a, b) => a - b);
    expect(times[Math.floor(times.length / 2)]).toBeLessThan(100);
    expect([...(await environment.getCallCounts()).values()]).toEqual([1, 1, 1]);
    for (const person of otherPeople.slice(0, 5)) {
      const deliveredLocation = await waitUntil(10_000, async () => {
        const { location } = await person.submit(port);
        return location?.startsWith('http:') || undefined;
      });
      expect(deliveredLocation).toBe(true);
    }
  } finally {
    await environment.stop();
  }
});

test('an answer that is still out when SIGTERM comes is waited for, though its customer was answered', {
  tag: '@all',
}, async () => {
  const environment = await TestEnvironment.create('pglite');
  try {
    const slowEnv = { RAAS_HEADERS_MS: '8000', RAAS_TOTAL_MS: '9000', SUBMISSION_LEASE_MS: '10000' };
    const server = await environment.startServer(slowEnv);
    const person = new HttpApplicant();
    await person.fill(server.port);
    await environment.controlUpstream('next', { key: person.phone, answer: { delayMs: 5_500 } });
    const reply = await person.submit(server.port);
    expect(reply.location).toBe('/en/onboarding/outcome');
    server.child.kill('SIGTERM');
    await server.exit;
    const [row] = await environment.query<{ state: string; attempt: number }>('select state, attempt from submissions');
    expect(row).toEqual({ state: 'succeeded', attempt: 1 });
  } finally {
    await environment.stop();
  }
});

test('a server with too much to do says so at once, and lets health checks through', { tag: '@all' }, async () => {
  const environment = await TestEnvironment.create('pglite');
  try {
    const { port } = await environment.startServer({ SHED_REQUESTS: '0' });
    for (const [path, lang] of [
      ['/en/onboarding/identity', 'en'],
      ['/es', 'es'],
    ] as const) {
      const reply = await sendRequest(port, path);
      expect(reply.status).toBe(503);
      expect(reply.retryAfter).toBe('5');
      expect(reply.body).toContain(`<html lang="${lang}">`);
    }
    expect((await sendRequest(port, '/healthz')).status).toBe(200);
    expect((await sendRequest(port, '/readyz')).status).toBe(200);
  } finally {
    await environment.stop();
  }
});

test('readiness goes red while the server drains, and everything is still served', async () => {
  const environment = await TestEnvironment.create('pglite');
  try {
    const server = await environment.startServer({ DRAIN_GRACE_MS: '2000' });
    server.child.kill('SIGTERM');
    const redResponse = await waitUntil(1_500, async () =>
      (await sendRequest(server.port, '/readyz?exclude=database')).status === 503 ? true : undefined,
    );
    expect(redResponse).toBe(true);
    expect((await sendRequest(server.port, '/healthz')).status).toBe(200);
    const person = new HttpApplicant();
    await person.fill(server.port);
    expect(await server.exit).toBe(143);
  } finally {
    await environment.stop();
  }
});
