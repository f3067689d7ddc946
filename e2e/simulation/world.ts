import { createHash } from 'node:crypto';
import { createDatabase } from './database.ts';
import type { Engine } from './engine.ts';
import { endRetention, runEpilogue, type World } from './epilogue.ts';
import { createFaults } from './faults.ts';
import { createInstance, type Instance } from './instance.ts';
import { createLedgerWatch } from './ledger-watch.ts';
import { createPeople, draftOf, phoneOf } from './people.ts';
import { type Action, getClockSlackMs, isPhoneShared, type Plan } from './plan.ts';
import { createProcess, type Process, START_MS } from './process.ts';
import { createRandom } from './random.ts';
import { createScheduler, type Scheduler } from './scheduler.ts';
import { createStoreSlot, type StoreSlot } from './stores.ts';
import { LEDGER_TIMES } from './times.ts';
import { createUpstream } from './upstream.ts';

export type Breach = { rule: string; detail: string };
export type Result = {
  breach: Breach | undefined;
  trace: string[];
  digest: string;
  /** Simulated time without the days of retention. */
  storyMs: number;
};

/** What outlives a run: the database and the prepared statements. */
export type Workshop = { engine: Engine; slots: StoreSlot[] };

const PREPARATION_MS = 60_000;
const LAST_ACTION_MS = 3 * 3_600_000;
/** A process that could not boot is started again by whoever runs it. */
const REBOOT_MS = 5_000;

/** Runs a plan from an empty database to the end of everything that it began. */
export async function runPlan({ engine, slots }: Workshop, plan: Plan): Promise<Result> {
  const trace: string[] = [];
  const random = createRandom(plan.seed ^ 0x5bd1e995);
  const exemptPhones = new Set<string>();
  const instances: (Instance | undefined)[] = [];
  let [found, ids, nextSlot] = [undefined as Breach | undefined, 0, 0];

  await engine.empty();
  const note = (line: string) => void trace.push(`${scheduler.elapsedMs()} ${line}`);
  const breach = (rule: string, detail: string) => {
    found ??= { rule, detail };
    note(`BREACH ${rule}: ${detail}`);
  };
  const slackMs = getClockSlackMs(plan);
  const nowMs = () => START_MS + scheduler.elapsedMs();
  const watch = createLedgerWatch({ engine, nowMs, slackMs, breach, note });
  const scheduler: Scheduler = createScheduler(random, watch.isQuiet);
  const { elapsedMs } = scheduler;
  const isExempt = (draft: number) => exemptPhones.has(phoneOf(plan.drafts[draft]?.phone ?? 0));
  const upstream = createUpstream({
    ...{ elapsedMs, invisibleMs: plan.invisibleMs, slackMs, holdMs: LEDGER_TIMES.hold - slackMs },
    unwantedDrafts: new Set(plan.drafts.flatMap(({ isUnwanted }, draft) => (isUnwanted ? [draft] : []))),
    sendableUntilMs: (draft) => people.cardRunsOutMs(draft) + slackMs + SEND_WINDOW_MS,
    enrolledPhones: plan.enrolledPhones.map(phoneOf),
    breach: (rule, detail, phone) => {
      if (!exemptPhones.has(phone)) breach(rule, detail);
    },
  });
  const faults = createFaults(plan, { elapsedMs, note, crash });
  const query = createDatabase({
    ...{ engine, faults, watch, scheduler, random, note },
    queryTimeoutMs: plan.queryTimeoutMs,
  });
  const canFailOver = plan.faults.some(({ kind }) => kind === 'failover');
  const people = createPeople({ plan, upstream, elapsedMs, isExempt, note, breach });
  const createId = () => `00000000-0000-4000-8000-${String(++ids).padStart(12, '0')}`;
  const fail = (error: unknown) => breach('error', error instanceof Error ? `${error.stack}` : String(error));

  function start(index: number): void {
    const process = createProcess(scheduler, random, index, plan.clockOffsetsMs[index] ?? 0);
    const instance = create(process);
    note(`p${index} starts`);
    instances[index] = instance;
    instance.boot().catch(() => crash(process, REBOOT_MS));
  }

  function create(process: Process): Instance {
    slots[nextSlot] ??= createStoreSlot();
    const stores = slots[nextSlot];
    nextSlot += 1;
    if (!stores) throw new Error('No slot');
    stores.bind({ process, query, createId, onPurgeError: (kind) => note(`purge of ${kind} failed`) });
    const network = { upstream, faults, scheduler, random, draftOf, note };
    const onError = (_work: string, error: unknown) => {
      if (!(error instanceof Error) || error.name !== 'StoreError') fail(error);
    };
    const { roundMs } = plan;
    return createInstance({ process, stores, network, roundMs, canFailOver, note, breach, onParked, onError });
  }

  /** Only a call of another draft for the same phone makes it uncertain whose a user is who was found. */
  function onParked(submission: string, cause: string): void {
    if (!cause.includes('by another call')) return;
    const row = watch.rows().find(({ id }) => id === submission);
    const draft = plan.drafts.findIndex((_, index) => people.draftId(index) === row?.draft);
    if (!isPhoneShared(plan, draft)) breach('served', 'a customer was left to a person for a call that was not made');
  }

  function crash(process: Process, downMs: number): void {
    if (!process.isAlive()) return;
    process.crash();
    instances[process.index] = undefined;
    note(`p${process.index} is down`);
    scheduler.schedule(downMs, () => instances[process.index] ?? start(process.index));
  }

  async function failOver(snapshot: Awaited<ReturnType<Engine['takeSnapshot']>>): Promise<void> {
    const lost = new Map(watch.rows().map((row) => [row.id, row]));
    await engine.restoreSnapshot(snapshot);
    await watch.reread();
    const left = new Map(watch.rows().map((row) => [row.id, row]));
    for (const [id, row] of lost) {
      const draft = plan.drafts.findIndex((_, index) => people.draftId(index) === row.draft);
      if (JSON.stringify(left.get(id)) !== JSON.stringify(row))
        exemptPhones.add(phoneOf(plan.drafts[draft]?.phone ?? 0));
    }
    note(`the database fails over; exempt: ${[...exemptPhones].join(' ')}`);
  }

  const run = (work: Promise<unknown>) =>
    void work.catch((error: unknown) => {
      if (!(error instanceof Error) || error.name !== 'StoreError') fail(error);
    });

  function perform(action: Action): void {
    const instance = instances[action.process];
    note(`${action.kind} ${'draft' in action ? `of draft ${action.draft} ` : ''}at p${action.process}`);
    if (instance) run(begin(action, instance));
  }

  function begin(action: Action, instance: Instance): Promise<unknown> {
    switch (action.kind) {
      case 'press':
        return people.press(instance, action.draft);
      case 'edit':
        return people.edit(instance, action.draft, 'address');
      case 'visit':
        return people.visit(instance, action.draft);
      case 'decide':
        return people.decide(instance, watch.rows());
      case 'purge':
        return instance.stores.purge();
    }
  }

  const world: World = {
    ...{ plan, scheduler, upstream, people, watch, perform, isExempt, breach },
    instance: (index) => instances[index],
    heal() {
      faults.heal();
      for (const index of plan.clockOffsetsMs.keys()) if (!instances[index]) start(index);
    },
    isOver: () => found !== undefined,
  };

  let isPrepared = false;
  const prepared = people.prepare(create(createProcess(scheduler, random, -1, 0)));
  run(
    prepared.then(() => {
      isPrepared = true;
    }),
  );
  await scheduler.run(PREPARATION_MS, () => isPrepared);
  faults.begin();
  schedulePlan();
  await scheduler.run(scheduler.elapsedMs() + LAST_ACTION_MS, world.isOver);
  await runEpilogue(world);
  const storyMs = elapsedMs();
  if (plan.runsToRetention) await endRetention(world);
  const digest = createHash('sha256').update(trace.join('\n')).digest('hex').slice(0, 16);
  return { breach: found, trace, digest, storyMs };

  function schedulePlan(): void {
    for (const index of plan.clockOffsetsMs.keys()) scheduler.schedule(0, () => start(index));
    for (const action of plan.actions) scheduler.schedule(action.atMs, () => perform(action));
    for (const fault of plan.faults) {
      if (fault.kind === 'crashAt') {
        scheduler.schedule(fault.atMs, () => {
          const instance = instances[fault.process];
          if (instance) crash(instance.process, fault.downMs);
        });
      }
      if (fault.kind === 'clock') {
        scheduler.schedule(fault.atMs, () => instances[fault.process]?.process.stepClock(fault.ms));
      }
      if (fault.kind === 'failover') {
        scheduler.schedule(Math.max(0, fault.atMs - fault.lagMs), async () => {
          const snapshot = await engine.takeSnapshot();
          scheduler.schedule(fault.lagMs, () => failOver(snapshot));
        });
      }
    }
  }
}

/** A call begins within this time after its claim, which asks whether the card is still good. */
const SEND_WINDOW_MS = 15_000;
