import { HttpApplicant } from '../../support/http-applicant.ts';
import { findLedgerBreaches, formatCounts, type PartResult } from '../../support/run-helpers.ts';
import { type StoreKind, TestEnvironment } from '../../support/test-environment.ts';

/** Submissions in flight when the signal comes. */
const IN_FLIGHT = 8;
const UPSTREAM_MS = 600;
/** As under a balancer, only shorter: what is already on its way to the server is still taken. */
const GRACE_MS = 500;
const MAX_STOP_MS = 30_000;

/** SIGTERM under load: whatever was in flight is answered, and the process ends in time. */
export async function runStops(count: number, store: StoreKind): Promise<PartResult> {
  const environment = await TestEnvironment.create(store);
  const breaches: string[] = [];
  const outcomes: string[] = [];
  let slowestMs = 0;
  try {
    for (let stopNumber = 1; stopNumber <= count; stopNumber += 1) {
      const server = await environment.startServer({ DRAIN_GRACE_MS: String(GRACE_MS) });
      const people = Array.from({ length: IN_FLIGHT }, () => new HttpApplicant());
      for (const person of people) {
        await person.fill(server.port);
        await environment.controlUpstream('next', {
          key: person.phone,
          answer: { delayMs: Math.random() * UPSTREAM_MS },
        });
      }
      const submissions = people.map((person) => person.submit(server.port).catch((error: Error) => error));
      await new Promise((resolve) => setTimeout(resolve, 60 + Math.random() * UPSTREAM_MS));
      const start = performance.now();
      server.child.kill('SIGTERM');
      const replies = await Promise.all(submissions);
      const code = await server.exit;
      slowestMs = Math.max(slowestMs, performance.now() - start);
      for (const reply of replies) {
        const isGood = !(reply instanceof Error) && reply.status === 303 && reply.location?.startsWith('http:');
        outcomes.push(isGood ? 'delivered' : 'broken');
        if (!isGood) breaches.push(`stop ${stopNumber}: ${reply instanceof Error ? reply.message : reply.location}`);
      }
      if (code !== 143 && code !== 0) breaches.push(`stop ${stopNumber}: ended with ${code}`);
      if (stopNumber % 20 === 0)
        process.stderr.write(`stops ${store}: ${stopNumber} of ${count}, ${breaches.length} breaches\n`);
    }
    if (slowestMs > MAX_STOP_MS) breaches.push(`a stop took ${Math.round(slowestMs)} ms`);
    breaches.push(...(await findLedgerBreaches(environment)));
  } finally {
    await environment.stop();
  }
  const summary = `${formatCounts(outcomes)} of ${IN_FLIGHT} in flight each; slowest exit ${(slowestMs / 1_000).toFixed(1)} s`;
  return { runs: `${count} SIGTERMs`, summary, breaches };
}
