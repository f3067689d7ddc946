import { createHash } from 'node:crypto';
import { HttpApplicant, type View } from '../support/http-applicant.ts';
import type { TestEnvironment } from '../support/test-environment.ts';

/** Pause before the next visit of a person whose page showed no result. */
const RETRY_MS = 250;
/** The longest pause of a lane between two people. */
const MAX_PAUSE_MS = 300;
/** The longest time that the upstream takes for a call, so that faults meet calls that are under way. */
const MAX_UPSTREAM_MS = 150;
/** The share of calls whose answer is lost after the upstream has done its work. */
const LOST_ANSWER_SHARE = 0.03;

export type CustomerOutcome = 'link' | 'refused' | 'parked';
/** One customer, as this run knows them. Times are milliseconds since 1970. */
export type Customer = {
  applicant: HttpApplicant;
  /** Each submitted draft, by its id in the database. A lost draft is started again. */
  draftIds: Set<string>;
  /** When a press was first answered with the link or the page of its outcome. */
  acknowledgedAt: number | undefined;
  end: CustomerOutcome | undefined;
};
export type LinkEvent = { timeMs: number; server: number };

const OUTCOME_BY_VIEW: Partial<Record<View, CustomerOutcome>> = {
  succeeded: 'link',
  refused: 'refused',
  parked: 'parked',
};
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

type Options = {
  /** Each press is made at all servers at once, as from two devices. */
  isDoubled?: boolean;
};

/** Lanes at each server. In each, one person after the other fills in the steps and submits until their page shows a result. */
export class Crowd {
  readonly people: Customer[] = [];
  readonly links: LinkEvent[] = [];
  /** Presses that were answered with a failure, by status. */
  readonly failures = new Map<number, number>();
  readonly #environment: TestEnvironment;
  readonly #ports: readonly number[];
  readonly #isDoubled: boolean;
  readonly #lanes: Promise<void>[] = [];
  #isOpen = true;
  #deadlineMs = Number.POSITIVE_INFINITY;

  constructor(environment: TestEnvironment, ports: readonly number[], { isDoubled = false }: Options = {}) {
    this.#environment = environment;
    this.#ports = ports;
    this.#isDoubled = isDoubled;
  }

  start(submittersPerServer: number): void {
    for (let lane = 0; lane < submittersPerServer * this.#ports.length; lane += 1) this.#lanes.push(this.#submit(lane));
  }

  /** Starts no further person, and waits `withinMs` milliseconds at most for those who have started. */
  async stop(withinMs: number): Promise<void> {
    this.#isOpen = false;
    this.#deadlineMs = Date.now() + withinMs;
    await Promise.all(this.#lanes);
  }

  /** Lets a person whose press was answered come back, as with the browser's history. */
  readmit(person: Customer): void {
    person.end = undefined;
    this.#lanes.push(this.#serve(person, this.#lanes.length));
  }

  async #submit(lane: number): Promise<void> {
    while (this.#isOpen) {
      const applicant = new HttpApplicant();
      const answer = Math.random() < LOST_ANSWER_SHARE ? { reset: true } : { delayMs: Math.random() * MAX_UPSTREAM_MS };
      await this.#environment.controlUpstream('next', { key: applicant.phone, answer });
      const person = { applicant, draftIds: new Set<string>(), acknowledgedAt: undefined, end: undefined };
      this.people.push(person);
      await this.#serve(person, lane);
      await sleep(Math.random() * MAX_PAUSE_MS);
    }
  }

  /** Repeats a person's visits until their page shows a result. Each further visit goes to the next server, as behind a balancer. */
  async #serve(person: Customer, lane: number): Promise<void> {
    for (let server = lane; Date.now() < this.#deadlineMs; server += 1) {
      const index = server % this.#ports.length;
      const end = await this.#visit(person, index).catch(() => undefined);
      if (end) {
        person.end = end;
        if (end === 'link') this.links.push({ timeMs: Date.now(), server: index });
        return;
      }
      await sleep(RETRY_MS);
    }
  }

  /** @returns the result that the person's page shows; undefined when they have to come again */
  async #visit(person: Customer, server: number): Promise<CustomerOutcome | undefined> {
    const { applicant } = person;
    const port = this.#ports[server] ?? 0;
    const outcome = applicant.cookie ? await applicant.get(port, 'outcome') : undefined;
    if (outcome && outcome.status >= 500) return undefined;
    if (outcome?.status === 200) {
      const { view } = await applicant.readState(port);
      if (OUTCOME_BY_VIEW[view] || view === 'checking' || view === 'other') return OUTCOME_BY_VIEW[view];
    } else if (!outcome?.location?.endsWith('/review')) await applicant.fill(port);
    return this.#press(person, server);
  }

  async #press(person: Customer, server: number): Promise<CustomerOutcome | undefined> {
    const { applicant, draftIds } = person;
    draftIds.add(findDraftId(applicant));
    const ports = this.#isDoubled ? this.#ports : [this.#ports[server] ?? 0];
    const replies = await Promise.all(ports.map((port) => applicant.submit(port)));
    for (const { status } of replies)
      if (status >= 500) this.failures.set(status, (this.failures.get(status) ?? 0) + 1);
    const hasLink = replies.some(({ status, location }) => status === 303 && location?.startsWith('http:'));
    if (hasLink || replies.some(({ location }) => location?.endsWith('/onboarding/outcome')))
      person.acknowledgedAt ??= Date.now();
    return hasLink ? 'link' : undefined;
  }
}

/** The id of a person's draft: the hash of the cookie's token. */
const findDraftId = ({ cookie }: HttpApplicant): string =>
  createHash('sha256')
    .update(cookie?.split('=')[1] ?? '')
    .digest('base64url');
