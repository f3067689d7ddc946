import { Applicant } from '../../support/http-applicant.ts';
import { ledgerBreaches, type Result } from '../../support/part.ts';
import { inLanes, type StoreKind, World } from '../../support/test-environment.ts';

const TWINS = 20;

/** Bursts of twenty identical posts at once: one call, and everybody ends at the same link. */
export async function bursts(count: number, store: StoreKind): Promise<Result> {
  const world = await World.create(store);
  const breaches: string[] = [];
  try {
    const server = await world.start();
    const people = Array.from({ length: count }, () => new Applicant());
    await inLanes(2, people, async (person, index) => {
      await person.fill(server.port);
      const replies = await Promise.all(Array.from({ length: TWINS }, () => person.submit(server.port)));
      const places = new Set(replies.map(({ status, location }) => `${status} ${location}`));
      if (places.size !== 1 || !/^303 http:\/\/127/.test([...places][0] ?? '')) {
        breaches.push(`${person.phone}: ${[...places].join(' and ')}`);
      }
      if (index % 100 === 99) process.stderr.write(`bursts ${store}: ${index + 1} of ${count}\n`);
    });
    const calls = await world.calls();
    for (const { phone } of people)
      if (calls.get(phone) !== 1) breaches.push(`${phone}: ${calls.get(phone) ?? 0} calls`);
    const total = [...calls.values()].reduce((sum, calls) => sum + calls, 0);
    server.child.kill('SIGKILL');
    await server.ended;
    breaches.push(...(await ledgerBreaches(world)));
    return { runs: `${count} bursts of ${TWINS}`, saw: `${count * TWINS} posts, ${total} calls`, breaches };
  } finally {
    await world.end();
  }
}
