import { Applicant } from '../../support/http-applicant.ts';
import { ledgerBreaches, type Result, tally } from '../../support/part.ts';
import { type StoreKind, World } from '../../support/test-environment.ts';

/** Submissions in flight when the signal comes. */
const LOAD = 8;
const UPSTREAM_MS = 600;
/** As under a balancer, only shorter: what is already on its way to the server is still taken. */
const GRACE_MS = 500;
const LIMIT_MS = 30_000;

/** SIGTERM under load: whatever was in flight is answered, and the process ends in time. */
export async function stops(count: number, store: StoreKind): Promise<Result> {
  const world = await World.create(store);
  const breaches: string[] = [];
  const places: string[] = [];
  let slowest = 0;
  try {
    for (let done = 1; done <= count; done += 1) {
      const server = await world.start({ DRAIN_GRACE_MS: String(GRACE_MS) });
      const people = Array.from({ length: LOAD }, () => new Applicant());
      for (const person of people) {
        await person.fill(server.port);
        await world.steer('next', { key: person.phone, answer: { delayMs: Math.random() * UPSTREAM_MS } });
      }
      const submitted = people.map((person) => person.submit(server.port).catch((error: Error) => error));
      await new Promise((resolve) => setTimeout(resolve, 60 + Math.random() * UPSTREAM_MS));
      const start = performance.now();
      server.child.kill('SIGTERM');
      const replies = await Promise.all(submitted);
      const code = await server.ended;
      slowest = Math.max(slowest, performance.now() - start);
      for (const reply of replies) {
        const isGood = !(reply instanceof Error) && reply.status === 303 && reply.location?.startsWith('http:');
        places.push(isGood ? 'delivered' : 'broken');
        if (!isGood) breaches.push(`stop ${done}: ${reply instanceof Error ? reply.message : reply.location}`);
      }
      if (code !== 143 && code !== 0) breaches.push(`stop ${done}: ended with ${code}`);
      if (done % 20 === 0) process.stderr.write(`stops ${store}: ${done} of ${count}, ${breaches.length} breaches\n`);
    }
    if (slowest > LIMIT_MS) breaches.push(`a stop took ${Math.round(slowest)} ms`);
    breaches.push(...(await ledgerBreaches(world)));
  } finally {
    await world.end();
  }
  const saw = `${tally(places)} of ${LOAD} in flight each; slowest exit ${(slowest / 1_000).toFixed(1)} s`;
  return { runs: `${count} SIGTERMs`, saw, breaches };
}
