import { expect } from '@playwright/test';
import { HttpApplicant } from '../http-applicant.ts';
import { countSubmitCalls } from '../submit-calls.ts';
import { runInLanes } from '../test-environment.ts';
import type { Deployment } from './deployment.ts';
import type { SeedPerson, SeedRows } from './seed-rows.ts';

const LANES = 4;
/** People who are checked of a kind, where the check of one person takes many requests. */
const SAMPLE_SIZE = 20;

/** Returns an applicant that uses the person's draft as a browser without script does. */
export function toApplicant({ phone, token }: SeedPerson, { app }: Deployment): HttpApplicant {
  const applicant = new HttpApplicant(phone, app);
  applicant.cookie = `__Host-draft=${token}`;
  return applicant;
}

/** Runs an action for each person, with the servers in turn. */
function forEachPerson(
  deployment: Deployment,
  people: readonly SeedPerson[] | undefined,
  action: (applicant: HttpApplicant, port: number, person: SeedPerson) => Promise<void>,
): Promise<void> {
  const ports = deployment.getPorts();
  if (!people?.length) throw new Error('There is no row of this kind');
  return runInLanes(LANES, people, (person, index) =>
    action(toApplicant(person, deployment), ports[index % ports.length] ?? 0, person),
  );
}

/** Checks that customers who have not submitted find their answers, and that the others get their stored link. */
export async function checkDraftsAndLinks(deployment: Deployment, { people }: SeedRows): Promise<void> {
  await forEachPerson(deployment, people.waiting, async (applicant, port) => {
    expect(await applicant.readState(port)).toEqual({ view: 'review', isKept: true });
  });
  await forEachPerson(deployment, people.succeeded, async (applicant, port, { link }) => {
    expect((await applicant.post(port, 'outcome', [])).location).toBe(link);
  });
}

/** Checks that a possibly sent application is not sent again, from its own draft or from another one with the same phone. */
export async function checkNothingIsRepeated(deployment: Deployment, { people }: SeedRows): Promise<void> {
  const { parked, sending, ambiguous, reconciling } = people;
  const heldPeople = [sending, ambiguous, reconciling].flatMap((group) => group?.slice(0, SAMPLE_SIZE) ?? []);
  await forEachPerson(deployment, [...(parked ?? []), ...heldPeople], async (applicant, port) => {
    expect((await applicant.submit(port)).location).toMatch(/\/outcome$/);
    const otherApplicant = new HttpApplicant(applicant.phone, deployment.app);
    await otherApplicant.fill(port);
    expect((await otherApplicant.submit(port)).location).toMatch(/\/outcome\?held=\d+$/);
  });
  const counts = await countSubmitCalls(deployment.raasControl);
  const sentPeople = [parked, sending, ambiguous, reconciling].flatMap((group) => group ?? []);
  expect(sentPeople.filter(({ phone }) => counts.has(phone))).toEqual([]);
}

/** Checks that applications in the state `received` are sent once, also after a second press. */
export async function checkReceivedIsSentOnce(deployment: Deployment, { people }: SeedRows): Promise<void> {
  const received = people.received?.slice(0, SAMPLE_SIZE);
  await forEachPerson(deployment, received, async (applicant, port) => {
    for (const _ of [1, 2]) expect((await applicant.submit(port)).location).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\w+$/);
  });
  const counts = await countSubmitCalls(deployment.raasControl);
  expect(received?.map(({ phone }) => counts.get(phone))).toEqual(received?.map(() => 1));
}

/**
 * Serves new customers and saves existing drafts, on every server, while some work runs. The work begins after the first served customer.
 *
 * @returns the work's result, and how many customers were served meanwhile
 */
export async function serveDuring<Result>(
  deployment: Deployment,
  waiting: readonly SeedPerson[],
  work: () => Promise<Result>,
): Promise<{ result: Result; served: number }> {
  const savers = [...waiting];
  const firstServed = Promise.withResolvers<void>();
  let isFinished = false;
  let served = 0;
  const serveCustomers = async (port: number) => {
    do {
      const person = new HttpApplicant(undefined, deployment.app);
      await person.fill(port);
      const saver = savers.shift();
      if (saver) expect((await toApplicant(saver, deployment).fillAddress(port)).status).toBe(303);
      expect((await person.submit(port)).location).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\w+$/);
      served += 1;
      firstServed.resolve();
    } while (!isFinished);
  };
  const runWork = async () => {
    await firstServed.promise;
    const servedBefore = served;
    const result = await work().finally(() => {
      isFinished = true;
    });
    return { result, served: served - servedBefore };
  };
  const [outcome] = await Promise.all([runWork(), ...deployment.getPorts().map(serveCustomers)]);
  return outcome;
}
