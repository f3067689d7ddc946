import { expect, test } from '@playwright/test';
import { bursts } from '../../resilience/parts/bursts.ts';
import { folder } from '../../resilience/parts/folder.ts';
import { kill } from '../../resilience/parts/kill.ts';
import { links } from '../../resilience/parts/links.ts';
import { phones } from '../../resilience/parts/phones.ts';
import { races } from '../../resilience/parts/races.ts';
import { stops } from '../../resilience/parts/stops.ts';
import { ask } from '../../support/http.ts';
import { Applicant, viewOf } from '../../support/http-applicant.ts';
import { until } from '../../support/part.ts';
import { type StoreKind, World } from '../../support/test-environment.ts';

// A small share of `npm run load`, so that every change meets it. The counts that prove something are in
// docs/load-results.md.

const STORES: readonly StoreKind[] = ['pglite', 'postgres'];

for (const store of STORES) {
  test(`killed servers lose nothing and send nobody twice, on ${store}`, async () => {
    expect((await kill(6, store)).breaches).toEqual([]);
  });

  test(`bursts of twenty make one call each, on ${store}`, async () => {
    expect((await bursts(8, store)).breaches).toEqual([]);
  });

  test(`SIGTERM breaks nothing in flight, on ${store}`, async () => {
    expect((await stops(2, store)).breaches).toEqual([]);
  });
}

test('two servers on one Postgres never have two live attempts of a person', async () => {
  expect((await races(200)).breaches).toEqual([]);
});

test('a second process on the same folder is refused', async () => {
  expect((await folder(3)).breaches).toEqual([]);
});

test('known and unknown phones look the same', async () => {
  expect((await phones(12, false)).breaches).toEqual([]);
});

test('hostile links are not followed', async () => {
  expect((await links(20)).breaches).toEqual([]);
});

test('while the breaker is open, pages come fast, nothing is called and nothing is lost; then it heals', async () => {
  const world = await World.create('postgres');
  try {
    const { port } = await world.start({ BREAKER_IN_A_ROW: '3', BREAKER_REST_MS: '3000', RECONCILE_AFTER_MS: '60000' });
    const people = Array.from({ length: 20 }, () => new Applicant());
    for (const person of people) await person.fill(port);
    const [first, second, third, ...rest] = people;
    for (const person of [first, second, third]) {
      await world.steer('next', { key: person?.phone, answer: { status: 500, body: {} } });
      await person?.submit(port);
    }
    const times: number[] = [];
    for (const person of rest) {
      const start = performance.now();
      const { location = '' } = await person.submit(port);
      const page = await ask(port, location, { cookie: person.cookie });
      times.push(performance.now() - start);
      expect(viewOf(page.body)).toBe('not-sent');
    }
    times.sort((a, b) => a - b);
    expect(times[Math.floor(times.length / 2)]).toBeLessThan(100);
    expect([...(await world.calls()).values()]).toEqual([1, 1, 1]);
    for (const person of rest.slice(0, 5)) {
      const delivered = await until(10_000, async () => {
        const { location } = await person.submit(port);
        return location?.startsWith('http:') || undefined;
      });
      expect(delivered).toBe(true);
    }
  } finally {
    await world.end();
  }
});

test('an answer that is still out when SIGTERM comes is waited for, though its customer was answered', async () => {
  const world = await World.create('pglite');
  try {
    const slow = { RAAS_HEADERS_MS: '8000', RAAS_TOTAL_MS: '9000', SUBMISSION_LEASE_MS: '10000' };
    const server = await world.start(slow);
    const person = new Applicant();
    await person.fill(server.port);
    await world.steer('next', { key: person.phone, answer: { delayMs: 5_500 } });
    const reply = await person.submit(server.port);
    expect(reply.location).toBe('/en/onboarding/outcome');
    server.child.kill('SIGTERM');
    await server.ended;
    const [row] = await world.query<{ state: string; attempt: number }>('select state, attempt from submissions');
    expect(row).toEqual({ state: 'succeeded', attempt: 1 });
  } finally {
    await world.end();
  }
});

test('a server with too much to do says so at once, and lets health checks through', async () => {
  const world = await World.create('pglite');
  try {
    const { port } = await world.start({ SHED_REQUESTS: '0' });
    for (const [path, lang] of [
      ['/en/onboarding/identity', 'en'],
      ['/es', 'es'],
    ] as const) {
      const reply = await ask(port, path);
      expect(reply.status).toBe(503);
      expect(reply.retryAfter).toBe('5');
      expect(reply.body).toContain(`<html lang="${lang}">`);
    }
    expect((await ask(port, '/healthz')).status).toBe(200);
    expect((await ask(port, '/readyz')).status).toBe(200);
  } finally {
    await world.end();
  }
});

test('readiness goes red while the server drains, and everything is still served', async () => {
  const world = await World.create('pglite');
  try {
    const server = await world.start({ DRAIN_GRACE_MS: '2000' });
    server.child.kill('SIGTERM');
    const red = await until(1_500, async () =>
      (await ask(server.port, '/readyz?exclude=database')).status === 503 ? true : undefined,
    );
    expect(red).toBe(true);
    expect((await ask(server.port, '/healthz')).status).toBe(200);
    const person = new Applicant();
    await person.fill(server.port);
    expect(await server.ended).toBe(143);
  } finally {
    await world.end();
  }
});
