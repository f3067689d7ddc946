import { HttpApplicant, type View } from '../../support/http-applicant.ts';
import { findLedgerBreaches, formatCounts, type PartResult, waitUntil } from '../../support/run-helpers.ts';
import { type RunningServer, type StoreKind, TestEnvironment } from '../../support/test-environment.ts';

/** People in a batch. A kill interrupts the submission of each; then the run waits until all submissions have ended. */
const BATCH = 25;
/** Milliseconds over which the kills are spread: longer than a submission with the slowest upstream below. */
const SPREAD_MS = 140;
const UPSTREAM_MS = 60;
const SETTLE_MS = 30_000;

/**
 * Kills the server with SIGKILL at a uniformly random point of a submission, starts it on the same store, and checks
 * that no answer of the customer is lost and that no application is sent twice.
 */
export async function runKills(count: number, store: StoreKind): Promise<PartResult> {
  const environment = await TestEnvironment.create(store);
  const breaches: string[] = [];
  const views: View[] = [];
  const endings: string[] = [];
  let server = await environment.startServer();
  try {
    for (let finishedCount = 0; finishedCount < count; finishedCount += BATCH) {
      const people = Array.from({ length: Math.min(BATCH, count - finishedCount) }, () => new HttpApplicant());
      for (const person of people) await person.fill(server.port);
      for (const person of people) {
        await environment.controlUpstream('next', {
          key: person.phone,
          answer: { delayMs: Math.random() * UPSTREAM_MS },
        });
        server = await killAndRestart(environment, server, person);
        const { view, isKept } = await person.readState(server.port);
        views.push(view);
        if (!isKept) breaches.push(`${person.phone}: answers lost (${view})`);
        if (view === 'other') breaches.push(`${person.phone}: an unexpected page`);
      }
      const parked = new Set<string>();
      for (const person of people) {
        const ending = await waitForEnding(person, server.port);
        endings.push(ending);
        // A second kill, while the application was sent once more: it needs a decision. All others must end with a link.
        if (ending === 'parked') parked.add(person.phone);
        else if (ending !== 'succeeded') breaches.push(`${person.phone}: ended as ${ending}`);
      }
      const calls = await environment.getCallCounts();
      for (const { phone } of people) {
        const times = calls.get(phone) ?? 0;
        if (times !== 1 && !(times === 0 && parked.has(phone))) breaches.push(`${phone}: ${times} calls`);
      }
      process.stderr.write(
        `kill ${store}: ${finishedCount + people.length} of ${count}, ${breaches.length} breaches\n`,
      );
    }
    server.child.kill('SIGKILL');
    await server.exit;
    breaches.push(...(await findLedgerBreaches(environment)));
  } finally {
    await environment.stop();
  }
  return {
    runs: `${count} kills`,
    summary: `right after: ${formatCounts(views)}; in the end: ${formatCounts(endings)}`,
    breaches,
  };
}

async function killAndRestart(
  environment: TestEnvironment,
  server: RunningServer,
  person: HttpApplicant,
): Promise<RunningServer> {
  const submission = person.submit(server.port).catch(() => undefined);
  await new Promise((resolve) => setTimeout(resolve, Math.random() * SPREAD_MS));
  server.child.kill('SIGKILL');
  await Promise.all([server.exit, submission]);
  return environment.startServer();
}

/** Waits until the submission has ended. Submits again when the page says that nothing was sent, as a customer would. */
async function waitForEnding(person: HttpApplicant, port: number): Promise<View> {
  const finalView = await waitUntil(SETTLE_MS, async () => {
    const { view } = await person.readState(port);
    if (view === 'not-sent' || view === 'review') await person.submit(port);
    return view === 'succeeded' || view === 'refused' || view === 'parked' ? view : undefined;
  });
  return finalView ?? (await person.readState(port)).view;
}
