import { createHash } from 'node:crypto';
import { createDatabase } from './database.ts';
import type { Engine } from './engine.ts';
import { createFaultInjector } from './fault-injector.ts';
import { runFinalChecks, runRetention, type Simulation } from './final-checks.ts';
import { createInstance, type Instance } from './instance.ts';
import { createLedgerWatch } from './ledger-watch.ts';
import { createPeople, findDraftIndex, getPhone } from './people.ts';
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
  durationMs: number;
};

/** The parts that outlive a run: the database and the prepared statements. */
export type SimulationResources = { engine: Engine; slots: StoreSlot[] };

const PREPARATION_MS = 60_000;
const LAST_ACTION_MS = 3 * 3_600_000;
/** The supervisor restarts a process that could not boot. */
const REBOOT_MS = 5_000;

/** Runs a plan from an empty database to the end of everything that it began. */
export async function runPlan({ engine, slots }: SimulationResources, plan: Plan): Promise<Result> {
  const trace: string[] = [];
  const random = createRandom(plan.seed ^ 0x5bd1e995);
  const exemptPhones = new Set<string>();
  const instances: (Instance | undefined)[] = [];
  let [firstBreach, idCount, nextSlot] = [undefined as Breach | undefined, 0, 0];

  await engine.clear();
  const log = (line: string) => void trace.push(`${scheduler.elapsedMs()} ${line}`);
  const reportBreach = (rule: string, detail: string) => {
    firstBreach ??= { rule, detail };
    log(`BREACH ${rule}: ${detail}`);
  };
  const slackMs = getClockSlackMs(plan);
  const nowMs = () => START_MS + scheduler.elapsedMs();
  const watch = createLedgerWatch({ engine, nowMs, slackMs, reportBreach, log });
  const scheduler: Scheduler = createScheduler(random, watch.isQuiet);
  const { elapsedMs } = scheduler;
  const isExempt = (draft: number) => exemptPhones.has(getPhone(plan.drafts[draft]?.phone ?? 0));
  const upstream = createUpstream({
    elapsedMs,
    invisibleMs: plan.invisibleMs,
    slackMs,
    holdMs: LEDGER_TIMES.holdMs - slackMs,
    unwantedDrafts: new Set(plan.drafts.flatMap(({ isUnwanted }, draft) => (isUnwanted ? [draft] : []))),
    getSendDeadlineMs: (draft) => people.getCardExpiryMs(draft) + slackMs + SEND_WINDOW_MS,
    enrolledPhones: plan.enrolledPhones.map(getPhone),
    reportBreach: (rule, detail, phone) => {
      if (!exemptPhones.has(phone)) reportBreach(rule, detail);
    },
  });
  const faults = createFaultInjector(plan, { elapsedMs, log, crash });
  const query = createDatabase({
    engine,
    faults,
    watch,
    scheduler,
    random,
    log,
    queryTimeoutMs: plan.queryTimeoutMs,
  });
  const canFailOver = plan.faults.some(({ kind }) => kind === 'failover');
  const people = createPeople({ plan, upstream, elapsedMs, isExempt, log, reportBreach });
  const createId = () => `00000000-0000-4000-8000-${String(++idCount).padStart(12, '0')}`;
  const reportError = (error: unknown) =>
    reportBreach('error', error instanceof Error ? `${error.stack}` : String(error));

  function startInstance(index: number): void {
    const process = createProcess(scheduler, random, index, plan.clockOffsetsMs[index] ?? 0);
    const instance = buildInstance(process);
    log(`p${index} starts`);
    instances[index] = instance;
    instance.boot().catch(() => crash(process, REBOOT_MS));
  }

  function buildInstance(process: Process): Instance {
    slots[nextSlot] ??= createStoreSlot();
    const stores = slots[nextSlot];
    nextSlot += 1;
    if (!stores) throw new Error('No slot');
    stores.bind({ process, query, createId, onPurgeError: (kind) => log(`purge of ${kind} failed`) });
    const network = { upstream, faults, scheduler, random, draftOf: findDraftIndex, note: log };
    const onError = (_work: string, error: unknown) => {
      if (!(error instanceof Error) || error.name !== 'StoreError') reportError(error);
    };
    const { roundMs } = plan;
    return createInstance({ process, stores, network, roundMs, canFailOver, log, reportBreach, onParked, onError });
  }

  /** A found user may be that of another draft only if that draft called for the same phone. */
  function onParked(submission: string, cause: string): void {
    if (!cause.includes('by another call')) return;
    const row = watch.getRows().find(({ id }) => id === submission);
    const draft = plan.drafts.findIndex((_, index) => people.getDraftId(index) === row?.draft);
    if (!isPhoneShared(plan, draft))
      reportBreach('served', 'a submission needed a decision because of a call that was not made');
  }

  function crash(process: Process, downMs: number): void {
    if (!process.isAlive()) return;
    process.crash();
    instances[process.index] = undefined;
    log(`p${process.index} is down`);
    scheduler.schedule(downMs, () => instances[process.index] ?? startInstance(process.index));
  }

  async function failOver(snapshot: Awaited<ReturnType<Engine['takeSnapshot']>>): Promise<void> {
    const rowsBefore = new Map(watch.getRows().map((row) => [row.id, row]));
    await engine.restoreSnapshot(snapshot);
    await watch.reload();
    const rowsAfter = new Map(watch.getRows().map((row) => [row.id, row]));
    for (const [id, row] of rowsBefore) {
      const draft = plan.drafts.findIndex((_, index) => people.getDraftId(index) === row.draft);
      if (JSON.stringify(rowsAfter.get(id)) !== JSON.stringify(row))
        exemptPhones.add(getPhone(plan.drafts[draft]?.phone ?? 0));
    }
    log(`the database fails over; exempt: ${[...exemptPhones].join(' ')}`);
  }

  const track = (work: Promise<unknown>) =>
    void work.catch((error: unknown) => {
      if (!(error instanceof Error) || error.name !== 'StoreError') reportError(error);
    });

  function perform(action: Action): void {
    const instance = instances[action.process];
    log(`${action.kind} ${'draft' in action ? `of draft ${action.draft} ` : ''}at p${action.process}`);
    if (instance) track(startAction(action, instance));
  }

  function startAction(action: Action, instance: Instance): Promise<unknown> {
    switch (action.kind) {
      case 'press':
        return people.press(instance, action.draft);
      case 'edit':
        return people.edit(instance, action.draft, 'address');
      case 'visit':
        return people.visit(instance, action.draft);
      case 'decide':
        return people.decide(instance, watch.getRows());
      case 'purge':
        return instance.stores.purge();
    }
  }

  const simulation: Simulation = {
    plan,
    scheduler,
    upstream,
    people,
    watch,
    perform,
    isExempt,
    reportBreach,
    getInstance: (index) => instances[index],
    recover() {
      faults.recover();
      for (const index of plan.clockOffsetsMs.keys()) if (!instances[index]) startInstance(index);
    },
    isOver: () => firstBreach !== undefined,
  };

  let isPrepared = false;
  const preparation = people.prepare(buildInstance(createProcess(scheduler, random, -1, 0)));
  track(
    preparation.then(() => {
      isPrepared = true;
    }),
  );
  await scheduler.run(PREPARATION_MS, () => isPrepared);
  faults.start();
  schedulePlan();
  await scheduler.run(scheduler.elapsedMs() + LAST_ACTION_MS, simulation.isOver);
  await runFinalChecks(simulation);
  const durationMs = elapsedMs();
  if (plan.runsToRetention) await runRetention(simulation);
  const digest = createHash('sha256').update(trace.join('\n')).digest('hex').slice(0, 16);
  return { breach: firstBreach, trace, digest, durationMs };

  function schedulePlan(): void {
    for (const index of plan.clockOffsetsMs.keys()) scheduler.schedule(0, () => startInstance(index));
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
