import { Applicant, type View } from '../../support/http-applicant.ts';
import { ledgerBreaches, type Result, tally, until } from '../../support/part.ts';
import { type Running, type StoreKind, World } from '../../support/test-environment.ts';

/** People who are killed between two settlements. */
const BATCH = 25;
/** Milliseconds over which the kills are spread: longer than a submission with the slowest upstream below. */
const SPREAD_MS = 140;
const UPSTREAM_MS = 60;
const SETTLE_MS = 30_000;

/**
 * Kills the server with SIGKILL at a uniformly random point of a submission, starts it on the same store, and looks at
 * what became of it: nothing typed is lost, and nobody is sent twice.
 */
export async function kill(count: number, store: StoreKind): Promise<Result> {
  const world = await World.create(store);
  const breaches: string[] = [];
  const seen: View[] = [];
  const endings: string[] = [];
  let server = await world.start();
  try {
    for (let done = 0; done < count; done += BATCH) {
      const people = Array.from({ length: Math.min(BATCH, count - done) }, () => new Applicant());
      for (const person of people) await person.fill(server.port);
      for (const person of people) {
        await world.steer('next', { key: person.phone, answer: { delayMs: Math.random() * UPSTREAM_MS } });
        server = await killAndRestart(world, server, person);
        const { view, isKept } = await person.look(server.port);
        seen.push(view);
        if (!isKept) breaches.push(`${person.phone}: answers lost (${view})`);
        if (view === 'other') breaches.push(`${person.phone}: an unexpected page`);
      }
      const parked = new Set<string>();
      for (const person of people) {
        const ending = await settle(person, server.port);
        endings.push(ending);
        // Killed again while it was sent once more: a person has to look. Nothing else may end without a link.
        if (ending === 'parked') parked.add(person.phone);
        else if (ending !== 'succeeded') breaches.push(`${person.phone}: ended as ${ending}`);
      }
      const calls = await world.calls();
      for (const { phone } of people) {
        const times = calls.get(phone) ?? 0;
        if (times !== 1 && !(times === 0 && parked.has(phone))) breaches.push(`${phone}: ${times} calls`);
      }
      process.stderr.write(`kill ${store}: ${done + people.length} of ${count}, ${breaches.length} breaches\n`);
    }
    server.child.kill('SIGKILL');
    await server.ended;
    breaches.push(...(await ledgerBreaches(world)));
  } finally {
    await world.end();
  }
  return { runs: `${count} kills`, saw: `right after: ${tally(seen)}; in the end: ${tally(endings)}`, breaches };
}

async function killAndRestart(world: World, server: Running, person: Applicant): Promise<Running> {
  const submitted = person.submit(server.port).catch(() => undefined);
  await new Promise((resolve) => setTimeout(resolve, Math.random() * SPREAD_MS));
  server.child.kill('SIGKILL');
  await Promise.all([server.ended, submitted]);
  return world.start();
}

/** Waits as a customer would, and sends what the page says was not sent, until it has ended. */
async function settle(person: Applicant, port: number): Promise<View> {
  const ended = await until(SETTLE_MS, async () => {
    const { view } = await person.look(port);
    if (view === 'not-sent' || view === 'review') await person.submit(port);
    return view === 'succeeded' || view === 'refused' || view === 'parked' ? view : undefined;
  });
  return ended ?? (await person.look(port)).view;
}
