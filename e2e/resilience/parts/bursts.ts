import { HttpApplicant } from '../../support/http-applicant.ts';
import { findLedgerBreaches, type PartResult } from '../../support/run-helpers.ts';
import { runInLanes, type StoreKind, TestEnvironment } from '../../support/test-environment.ts';

const POSTS_PER_BURST = 20;

/** Bursts of twenty identical posts at once: one call, and everybody ends at the same link. */
export async function runBursts(count: number, store: StoreKind): Promise<PartResult> {
  const environment = await TestEnvironment.create(store);
  const breaches: string[] = [];
  try {
    const server = await environment.startServer();
    const people = Array.from({ length: count }, () => new HttpApplicant());
    await runInLanes(2, people, async (person, index) => {
      await person.fill(server.port);
      const replies = await Promise.all(Array.from({ length: POSTS_PER_BURST }, () => person.submit(server.port)));
      const outcomes = new Set(replies.map(({ status, location }) => `${status} ${location}`));
      if (outcomes.size !== 1 || !/^303 http:\/\/127/.test([...outcomes][0] ?? '')) {
        breaches.push(`${person.phone}: ${[...outcomes].join(' and ')}`);
      }
      if (index % 100 === 99) process.stderr.write(`bursts ${store}: ${index + 1} of ${count}\n`);
    });
    const calls = await environment.getCallCounts();
    for (const { phone } of people)
      if (calls.get(phone) !== 1) breaches.push(`${phone}: ${calls.get(phone) ?? 0} calls`);
    const total = [...calls.values()].reduce((sum, calls) => sum + calls, 0);
    server.child.kill('SIGKILL');
    await server.exit;
    breaches.push(...(await findLedgerBreaches(environment)));
    return {
      runs: `${count} bursts of ${POSTS_PER_BURST}`,
      summary: `${count * POSTS_PER_BURST} posts, ${total} calls`,
      breaches,
    };
  } finally {
    await environment.stop();
  }
}
