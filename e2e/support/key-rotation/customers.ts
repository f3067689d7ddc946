import { expect } from '@playwright/test';
import type { DrillPerson, DrillRows } from '../../../lib/store/drill-rows.ts';
import { Applicant } from '../http-applicant.ts';
import { countSubmissions } from '../journal.ts';
import { inLanes } from '../test-environment.ts';
import type { Deployment } from './deployment.ts';

const LANES = 4;
/** Of kinds where each person costs many requests. */
const SAMPLE = 20;

/** A person of the drill with a browser without script. */
export function toApplicant({ phone, token }: DrillPerson, { app }: Deployment): Applicant {
  const applicant = new Applicant(phone, app);
  applicant.cookie = `__Host-draft=${token}`;
  return applicant;
}

/** Does something for each person, at one server after the other. */
function forEach(
  deployment: Deployment,
  people: readonly DrillPerson[] | undefined,
  act: (applicant: Applicant, port: number, person: DrillPerson) => Promise<void>,
): Promise<void> {
  const ports = deployment.getPorts();
  if (!people?.length) throw new Error('There is no row of this kind');
  return inLanes(LANES, people, (person, at) =>
    act(toApplicant(person, deployment), ports[at % ports.length] ?? 0, person),
  );
}

/** Customers who have not sent find what they typed; those who have get the link that was kept for them. */
export async function checkDraftsAndLinks(deployment: Deployment, { people }: DrillRows): Promise<void> {
  await forEach(deployment, people.waiting, async (applicant, port) => {
    expect(await applicant.look(port)).toEqual({ view: 'review', isKept: true });
  });
  await forEach(deployment, people.succeeded, async (applicant, port, { link }) => {
    expect((await applicant.post(port, 'outcome', [])).location).toBe(link);
  });
}

/** What may have been sent is not sent again: from its own draft, and from another draft with the same phone. */
export async function checkNothingIsRepeated(deployment: Deployment, { people }: DrillRows): Promise<void> {
  const { parked, sending, ambiguous, reconciling } = people;
  const held = [sending, ambiguous, reconciling].flatMap((some) => some?.slice(0, SAMPLE) ?? []);
  await forEach(deployment, [...(parked ?? []), ...held], async (applicant, port) => {
    expect((await applicant.submit(port)).location).toMatch(/\/outcome$/);
    const other = new Applicant(applicant.phone, deployment.app);
    await other.fill(port);
    expect((await other.submit(port)).location).toMatch(/\/outcome\?held=\d+$/);
  });
  const counts = await countSubmissions(deployment.raasControl);
  const sent = [parked, sending, ambiguous, reconciling].flatMap((some) => some ?? []);
  expect(sent.filter(({ phone }) => counts.has(phone))).toEqual([]);
}

/** What was received and not sent goes out once. */
export async function checkReceivedIsSentOnce(deployment: Deployment, { people }: DrillRows): Promise<void> {
  const received = people.received?.slice(0, SAMPLE);
  await forEach(deployment, received, async (applicant, port) => {
    for (const _ of [1, 2]) expect((await applicant.submit(port)).location).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\w+$/);
  });
  const counts = await countSubmissions(deployment.raasControl);
  expect(received?.map(({ phone }) => counts.get(phone))).toEqual(received?.map(() => 1));
}

/**
 * Serves new customers and saves drafts that are there, on every server, from before some work begins until it has ended.
 *
 * @returns the work's result, and how many customers were served meanwhile
 */
export async function serveDuring<Result>(
  deployment: Deployment,
  waiting: readonly DrillPerson[],
  work: () => Promise<Result>,
): Promise<{ result: Result; served: number }> {
  const savers = [...waiting];
  const begun = Promise.withResolvers<void>();
  let isOver = false;
  let served = 0;
  const serve = async (port: number) => {
    do {
      const person = new Applicant(undefined, deployment.app);
      await person.fill(port);
      const saver = savers.shift();
      if (saver) expect((await toApplicant(saver, deployment).fillAddress(port)).status).toBe(303);
      expect((await person.submit(port)).location).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\w+$/);
      served += 1;
      begun.resolve();
    } while (!isOver);
  };
  const finish = async () => {
    await begun.promise;
    const before = served;
    const result = await work().finally(() => {
      isOver = true;
    });
    return { result, served: served - before };
  };
  const [finished] = await Promise.all([finish(), ...deployment.getPorts().map(serve)]);
  return finished;
}
