import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDataKey, createKeys } from '../crypto/encryption.ts';
import { sampleConsent } from '../domain/sample-answers.ts';
import type { SessionLinkRequest } from '../domain/session-link-request.ts';
import { isDraftLocked, type SubmissionState } from '../domain/submission.ts';
import type { Database, OpenDatabase } from './database.ts';
import { openPglite } from './embedded-database.ts';
import { createLedger, type Ledger } from './ledger.ts';
import { createSubmissionAdmin } from './submission-admin.ts';
import type { AttemptResult } from './submissions/complete.ts';
import type { Intent } from './submissions/create.ts';
import type { AmbiguousSubmission } from './submissions/lookups.ts';
import type { Claim, SubmissionKey } from './submissions/transition.ts';

// Random histories of customers, calls, crashes, late words, workers and clocks against the real ledger, and after every
// step the invariants that reliability rests on. There is no second ledger to compare with: what must hold is said of
// the tables themselves and of the calls that were really made.

const RUNS = 2_000;
const LEASE = 30_000;
const HOLD = 3_600_000;
const folder = mkdtempSync(join(tmpdir(), 'front-door-model-'));
const keys = createKeys([createDataKey('a', Buffer.alloc(32, 1))]);
const DRAFTS = [0, 1, 2, 3];
/** Each person has two drafts, as from two devices. */
const getPhone = (draft: number) => `+525500000${draft % 2}`;
const getLink = (submission: string) => `https://links.example/${submission}`;
const LIVE = ['received', 'sending', 'ambiguous', 'reconciling', 'parked'];
const ENDED = ['succeeded', 'refused', 'expired'];
const customer = { actor: 'customer' } as const;
const worker = { actor: 'reconciler' } as const;

let opened: OpenDatabase;
let database: Database;
beforeAll(async () => {
  opened = await openPglite(folder);
  // I5: no transaction is ever open while somebody calls. The ledger has no use for one at all.
  database = new Proxy(opened.database, {
    get(target, name, receiver) {
      if (name === 'transaction') throw new Error('The ledger must not open a transaction');
      return Reflect.get(target, name, receiver);
    },
  });
});
afterAll(async () => {
  await opened.close();
  rmSync(folder, { recursive: true, force: true });
});

type Row = {
  id: string;
  draft: string;
  phone: string;
  state: SubmissionState;
  attempt: number;
  fence: number;
  transitions: number;
  lease: string | null;
  holds: boolean;
  hasLink: boolean;
  events: { sequence: number; state: SubmissionState; attempt: number }[];
};

const CLAIM = sql`select from claims where hash = phone_hash and claims.draft_id = s.draft_id`;

/** Claims of drafts that have no submission to send for the phone. */
const LEFT_CLAIMS = sql`
  select hash from claims where not exists (
    select from submissions s where hash = phone_hash and claims.draft_id = s.draft_id
      and s.state in ('received', 'sending', 'ambiguous', 'reconciling', 'parked'))`;

async function readRows(): Promise<Row[]> {
  const { rows } = (await opened.database.execute(sql`
    select s.id, s.draft_id as draft, phone_hash as phone, s.state, s.attempt, s.fence, transitions, lease_until as lease, s.state in ('received', 'sending', 'ambiguous', 'reconciling', 'parked') and exists (${CLAIM}) as holds,
      sealed_link is not null as "hasLink",
      json_agg(json_build_object('sequence', sequence, 'state', e.state, 'attempt', e.attempt) order by sequence) as events
    from submissions s left join submission_events e on e.submission_id = s.id group by s.draft_id, s.id`)) as unknown as {
    rows: Row[];
  };
  return rows;
}

/** What is outside of the ledger: the clock, the people, the processes and the wire. */
class Real {
  clock = Date.parse('2026-11-24T12:00:00Z');
  versions = DRAFTS.map(() => 1);
  /** Submissions that a process means to send, claims that one holds, cases that a worker holds. */
  intents: SubmissionKey[] = [];
  claims: (Claim & { isCalled: boolean })[] = [];
  cases: AmbiguousSubmission[] = [];
  calls = new Map<string, number>();
  before: Row[] = [];
  /** Times that a draft was kept from being sent by another one with its phone. */
  heldCount = 0;
  submissionAdmin = createSubmissionAdmin(database, keys, () => new Date(this.clock));
  ledger: Ledger = createLedger(database, keys, () => new Date(this.clock), {
    leaseMs: LEASE,
    firstLookupMs: 60_000,
    holdMs: HOLD,
  });

  async check(hasRecovered = false): Promise<void> {
    const rows = await readRows();
    for (const { id, state, attempt, transitions, lease, events } of rows) {
      const claimed = events.filter((event) => event.state === 'sending');
      expect(this.calls.get(id) ?? 0, 'I1: no more calls than attempts').toBeLessThanOrEqual(attempt);
      expect(
        claimed.map((event) => event.attempt),
        'I2: only a claim makes an attempt',
      ).toEqual(claimed.map((_, position) => position + 1));
      expect(attempt).toBe(claimed.length);
      expect(
        events.map(({ sequence }) => sequence),
        'I7: one event for each transition',
      ).toEqual(events.map((_, position) => position + 1));
      expect([transitions, events.at(-1)?.state]).toEqual([events.length, state]);
      if (hasRecovered && state === 'sending') {
        expect(Date.parse(lease ?? ''), 'I8: nothing stays in sending past its lease').toBeGreaterThanOrEqual(
          this.clock,
        );
      }
    }
    for (const old of this.before.filter(({ state }) => ENDED.includes(state))) {
      expect(
        rows.find(({ id }) => id === old.id),
        'I3: what has ended does not change',
      ).toEqual(old);
    }
    const live = rows.filter(({ state }) => LIVE.includes(state));
    const once = (values: readonly string[], what: string) => expect(new Set(values).size, what).toBe(values.length);
    once(
      live.map(({ draft }) => draft),
      'one live submission of a draft',
    );
    once(
      live.filter(({ holds }) => holds).map(({ phone }) => phone),
      'one live submission has a phone',
    );
    const leftClaims = await opened.database.execute(LEFT_CLAIMS);
    expect(leftClaims.rows, 'whoever ends a submission frees its phone, and who fails to keep one takes none').toEqual(
      [],
    );
    for (const { state, lease, holds } of live) {
      // Of a process that was lost and that nobody found: the phone is free a hold after the lease.
      const isFree = Date.parse(lease ?? '') + HOLD <= this.clock;
      if (state === 'sending' && !isFree) expect(holds, 'I9: whoever calls has the phone').toBe(true);
    }
    for (const draft of DRAFTS.filter((draft) => rows.some((row) => row.hasLink && row.draft === `draft-${draft}`))) {
      const { id = '', link } = (await this.ledger.findLatest(`draft-${draft}`)) ?? {};
      const isOwn = rows.some((row) => row.id === id && row.draft === `draft-${draft}`);
      if (link !== undefined) expect([link, isOwn], 'I6: a link is its own draft’s only').toEqual([getLink(id), true]);
    }
    this.before = rows;
  }

  getFence = (id: string) => this.before.find((row) => row.id === id)?.fence;
}

type Command = fc.AsyncCommand<Real, Real>;
type Needs = 'intents' | 'claims' | 'cases' | undefined;
const command = (
  name: string,
  run: (real: Real) => Promise<unknown>,
  { needs, hasRecovered = false }: { needs?: Needs; hasRecovered?: boolean } = {},
): Command => ({
  check: (model) => needs === undefined || model[needs].length > 0,
  run: async (_model, real) => {
    await run(real);
    await real.check(hasRecovered);
  },
  toString: () => name,
});

const pick = <T>(list: readonly T[], index: number): T | undefined => list[index % Math.max(list.length, 1)];
const toResult = (state: AttemptResult['state'], id: string): AttemptResult =>
  state === 'succeeded'
    ? { state, link: getLink(id) }
    : state === 'refused'
      ? { state, outcome: 'refused' }
      : { state };

/** I4: a word under an old fence changes nothing, and says so. */
async function assertFenced(
  real: Real,
  claim: Claim,
  write: () => Promise<boolean>,
  isOpen: (state: string) => boolean,
): Promise<void> {
  const row = real.before.find(({ id }) => id === claim.id);
  const isGood = row !== undefined && row.fence === claim.fence && isOpen(row.state);
  expect(await write(), 'I4: a void claim changes nothing').toBe(isGood);
  if (!isGood) expect((await readRows()).find(({ id }) => id === claim.id)).toEqual(row);
}

const buildIntent = (real: Real, draft: number): Intent => ({
  draft: { id: `draft-${draft}`, version: real.versions[draft] ?? 1 },
  request: { phoneNumber: getPhone(draft) } as SessionLinkRequest,
  ...{ consent: sampleConsent, sendDeadline: undefined },
});

const index = fc.nat(7);
const commands = fc.commands(
  [
    fc.constantFrom(...DRAFTS).map((draft) =>
      command(`receive(${draft})`, async (real) => {
        const received = await real.ledger.createSubmission(buildIntent(real, draft), 15_000);
        if (received.kind === 'kept' && received.isMine)
          real.intents.push({ id: received.id, draftId: `draft-${draft}` });
        if (received.kind === 'phone-held') real.heldCount += 1;
      }),
    ),
    fc.constantFrom(...DRAFTS).map((draft) =>
      command(`begin(${draft})`, async (real) => {
        const claim = await real.ledger.createClaimedSubmission(buildIntent(real, draft), 'absent');
        if (claim) real.claims.push({ ...claim, isCalled: false });
      }),
    ),
    fc.constantFrom(...DRAFTS).map((draft) =>
      command(`edit(${draft})`, async (real) => {
        const latest = await real.ledger.findLatest(`draft-${draft}`);
        if (!latest || !isDraftLocked(latest.state)) real.versions[draft] = (real.versions[draft] ?? 1) + 1;
      }),
    ),
    index.map((which) =>
      command(
        `claim(${which})`,
        async (real) => {
          const intent = pick(real.intents, which);
          const claim = intent === undefined ? undefined : await real.ledger.claim(intent, 'absent', customer);
          if (claim) real.claims.push({ ...claim, isCalled: false });
        },
        { needs: 'intents' },
      ),
    ),
    index.map((which) =>
      command(
        `call(${which})`,
        async (real) => {
          const claim = pick(real.claims, which);
          if (!claim || claim.isCalled) return;
          claim.isCalled = true;
          real.calls.set(claim.id, (real.calls.get(claim.id) ?? 0) + 1);
        },
        { needs: 'claims' },
      ),
    ),
    fc.tuple(index, fc.constantFrom('succeeded', 'refused', 'received', 'ambiguous')).map(([which, state]) =>
      command(
        `finish(${which}, ${state})`,
        async (real) => {
          const claim = pick(real.claims, which);
          if (!claim) return;
          const isOpen = (current: string) => current === 'sending' || current === 'reconciling';
          await assertFenced(
            real,
            claim,
            () => real.ledger.recordResult(claim, toResult(state, claim.id), customer),
            isOpen,
          );
        },
        { needs: 'claims' },
      ),
    ),
    fc.boolean().map((isOnly) =>
      command(
        `crash(${isOnly})`,
        async (real) => {
          // What a lost process meant to do is gone; what it held may still say a late word.
          real.intents = [];
          await real.ledger.recordLostCalls(isOnly);
        },
        { hasRecovered: true },
      ),
    ),
    fc.constantFrom(100, LEASE + 1, 60_001, 900_001, HOLD + 1).map((ms) =>
      command(`tick(${ms})`, async (real) => {
        real.clock += ms;
      }),
    ),
    index.map((which) =>
      command(`again(${which})`, async (real) => {
        const parked = pick(
          real.before.filter(({ state }) => state === 'parked'),
          which,
        );
        if (!parked) return;
        const resolution = await real.submissionAdmin.resolve(parked.id, 'again');
        const isHeld = real.before.some(
          ({ id, phone, state, holds }) => id !== parked.id && phone === parked.phone && holds && LIVE.includes(state),
        );
        expect(resolution, 'an operator takes the phone only when it is free').toBe(isHeld ? 'phone-held' : 'resolved');
        if (resolution === 'resolved') real.intents.push({ id: parked.id, draftId: parked.draft });
      }),
    ),
    fc.integer({ min: 1, max: 3 }).map((limit) =>
      command(`take(${limit})`, async (real) => {
        real.cases.push(...(await real.ledger.claimDue(limit)));
      }),
    ),
    fc.tuple(index, fc.constantFrom('succeeded', 'refused', 'parked', 'clear', 'again')).map(([which, what]) =>
      command(
        `settle(${which}, ${what})`,
        async (real) => {
          const submission = pick(real.cases, which);
          if (!submission) return;
          if (what === 'again')
            return real.ledger.scheduleRecheck(submission, new Date(real.clock + 60_000), true, worker);
          const write = () =>
            what === 'clear'
              ? real.ledger.recordNotSent(submission, worker)
              : real.ledger.recordResult(submission, toResult(what, submission.id), worker);
          await assertFenced(
            real,
            submission,
            write,
            (current) => current === 'reconciling' || (current === 'sending' && what !== 'clear'),
          );
          if (what === 'clear') real.intents.push(submission);
        },
        { needs: 'cases' },
      ),
    ),
  ],
  { maxCommands: 24, size: '+1' },
);

/** Half of the histories begin with a call whose answer was lost and that a worker has just taken. */
async function loseOne(real: Real): Promise<void> {
  const claim = await real.ledger.createClaimedSubmission(buildIntent(real, 0), 'absent');
  if (!claim) throw new Error('no claim');
  real.calls.set(claim.id, 1);
  real.claims.push({ ...claim, isCalled: true });
  await real.ledger.recordResult(claim, { state: 'ambiguous' }, customer);
  real.clock += 60_001;
  real.cases.push(...(await real.ledger.claimDue(1)));
  await real.check();
}

test(`${RUNS} random histories keep the invariants of the ledger`, { timeout: 600_000 }, async () => {
  const stateCounts = new Map<string, number>();
  let [heldCount, released] = [0, 0];
  await fc.assert(
    fc.asyncProperty(fc.boolean(), commands, async (isUnderWay, history) => {
      await opened.database.execute('truncate submissions, submission_events, claims');
      const real = new Real();
      if (isUnderWay) await loseOne(real);
      await fc.asyncModelRun(() => ({ model: real, real }), history);
      heldCount += real.heldCount;
      released += real.before.filter(({ holds }) => !holds).length;
      for (const { state } of real.before) stateCounts.set(state, (stateCounts.get(state) ?? 0) + 1);
    }),
    { numRuns: RUNS },
  );
  // The histories went everywhere: a test that reaches nothing proves nothing.
  for (const state of [...LIVE, ...ENDED]) expect(stateCounts.get(state), state).toBeGreaterThan(10);
  expect(Math.min(heldCount, released), 'phones were held and let go').toBeGreaterThan(10);
});
