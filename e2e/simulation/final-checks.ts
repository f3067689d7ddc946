import type { SubmissionOutcome } from '../../lib/domain/submission.ts';
import type { Instance } from './instance.ts';
import type { LedgerWatch } from './ledger-watch.ts';
import type { People } from './people.ts';
import { type Action, isPhoneShared, type Plan } from './plan.ts';
import { START_MS } from './process.ts';
import type { Scheduler } from './scheduler.ts';
import type { Upstream } from './upstream.ts';

/** The parts of a run that the final checks use. */
export type Simulation = {
  plan: Plan;
  scheduler: Scheduler;
  upstream: Upstream;
  people: People;
  watch: LedgerWatch;
  /** The living instance of this number, if it lives. */
  getInstance: (index: number) => Instance | undefined;
  /** Ends all faults and starts crashed processes. */
  recover: () => void;
  perform: (action: Action) => void;
  isExempt: (draft: number) => boolean;
  reportBreach: (rule: string, detail: string) => void;
  isOver: () => boolean;
};

/** From the end of all faults: reconciling twice, each until it gives up, and the rounds between. */
const SETTLE_MS = 3_600_000;
const HOLD_MS = 3_600_000 + 120_000;
const PRESS_MS = 120_000;
const RETENTION_MS = 40 * 86_400_000;
const UNSETTLED = ['sending', 'ambiguous', 'reconciling'];
const MAX_PRESSES = 4;

/** Everything works again: each started submission must end well, and no customer may be locked out. */
export async function runFinalChecks(simulation: Simulation): Promise<void> {
  simulation.recover();
  await waitUntilSettled(simulation);
  if (simulation.plan.hasOperator) await decideAll(simulation);
  checkConsistency(simulation);
  await wait(simulation, HOLD_MS);
  for (const draft of simulation.plan.drafts.keys()) await finishDraft(simulation, draft);
  await decideAll(simulation);
  checkConsistency(simulation);
  await simulation.watch.checkEvents();
}

const wait = ({ scheduler, isOver }: Simulation, ms: number) => scheduler.run(scheduler.elapsedMs() + ms, isOver);

async function waitUntilSettled(simulation: Simulation): Promise<void> {
  const { scheduler, watch, isOver, reportBreach } = simulation;
  const isSettled = () => watch.getRows().every(({ state }) => !UNSETTLED.includes(state));
  await scheduler.run(scheduler.elapsedMs() + SETTLE_MS, () => isOver() || isSettled());
  if (!isSettled()) reportBreach('final', 'a submission reached no final state');
}

async function decideAll(simulation: Simulation): Promise<void> {
  await wait(simulation, PRESS_MS);
  simulation.perform({ kind: 'decide', atMs: 0, process: 0 });
  await wait(simulation, PRESS_MS);
}

/** The ledger and the upstream must say the same of every draft. */
function checkConsistency({ plan, watch, upstream, people, isExempt, reportBreach }: Simulation): void {
  for (const draft of plan.drafts.keys()) {
    if (isExempt(draft)) continue;
    const rows = watch.getRows().filter((row) => row.draft === people.getDraftId(draft));
    const attempts = rows.reduce((sum, { attempt }) => sum + attempt, 0);
    if (upstream.countCalls(draft) > attempts) reportBreach('I1', 'more calls were made than attempts are counted');
    const isDelivered = rows.some(({ state }) => state === 'succeeded' || state === 'parked');
    const hasUser = upstream.hasCreatedUser(draft);
    if (hasUser && !isDelivered) reportBreach('truth', 'the ledger does not know of a user whom its call made');
    if (!hasUser && rows.some(({ state }) => state === 'succeeded')) reportBreach('truth', 'a success has no user');
  }
}

type PressOutcome = SubmissionOutcome['kind'] | 'error' | 'gone' | undefined;

/** Presses the button once and waits for the answer. The customer enters the card again before, if `isEdited`. */
async function pressButton(simulation: Simulation, instance: Instance, draft: number, isEdited: boolean) {
  const { people, reportBreach } = simulation;
  let outcome: PressOutcome;
  void (async () => {
    if (isEdited) await people.edit(instance, draft, 'card');
    outcome = await people.press(instance, draft);
  })().catch((error: unknown) => reportBreach('error', String(error)));
  await wait(simulation, PRESS_MS);
  return outcome as PressOutcome;
}

/** The customer presses until the submission has ended. After the faults, every customer must get there. */
async function finishDraft(simulation: Simulation, draft: number): Promise<void> {
  const { people, reportBreach, isOver, isExempt } = simulation;
  let lastOutcome: PressOutcome;
  for (let press = 0; press < MAX_PRESSES && !isOver(); press += 1) {
    const instance = simulation.getInstance(press % simulation.plan.clockOffsetsMs.length);
    if (!instance) return reportBreach('final', 'an instance did not start');
    lastOutcome = await pressButton(simulation, instance, draft, press > 0);
    if (press === 0 && lastOutcome === 'not-sent' && !isPhoneShared(simulation.plan, draft)) {
      reportBreach('final', 'a press sent nothing, although no other draft had the phone');
    }
    if (lastOutcome === 'linked' || lastOutcome === 'refused' || lastOutcome === 'working') break;
  }
  await waitUntilSettled(simulation);
  const instance = simulation.getInstance(0);
  if (isDelivered(simulation, draft)) {
    // The press was answered before the upstream was: the customer asks again.
    if (lastOutcome === 'working' && instance) lastOutcome = await pressButton(simulation, instance, draft, false);
    if (lastOutcome !== 'linked') reportBreach('truth', 'a customer who was served does not get the link');
    void (instance && people.checkDraftCleared(instance, draft));
    await wait(simulation, PRESS_MS);
  }
  if (lastOutcome === undefined) reportBreach('final', 'a press was never answered');
  if (lastOutcome === 'phone-held' && !isExempt(draft) && !hasNewHold(simulation, draft))
    reportBreach('lock-out', 'a draft was held back after the hold had ended');
  if (lastOutcome === 'not-sent' || lastOutcome === 'error' || lastOutcome === 'gone' || lastOutcome === 'incomplete') {
    reportBreach('final', `a customer could not submit after all faults had ended: ${lastOutcome}`);
  }
}

/** True when another draft has held the phone since: after a failover, a submit alone can do that. */
function hasNewHold({ plan, watch, people, scheduler }: Simulation, draft: number): boolean {
  const nowMs = START_MS + scheduler.elapsedMs();
  const isSamePhoneDraft = (id: string) =>
    plan.drafts.some(
      ({ phone }, otherDraft) => phone === plan.drafts[draft]?.phone && id === people.getDraftId(otherDraft),
    );
  const rows = watch.getRows().filter((row) => row.draft !== people.getDraftId(draft) && isSamePhoneDraft(row.draft));
  return rows.some(({ phoneUntilMs }) => phoneUntilMs !== null && phoneUntilMs > nowMs);
}

/** True when the system itself has ended this draft's submission well: its link is kept for a day. */
function isDelivered({ watch, people, isExempt }: Simulation, draft: number): boolean {
  const isOwnSuccess = (row: { draft: string; state: string }) =>
    row.draft === people.getDraftId(draft) && row.state === 'succeeded';
  return watch.getRows().some(isOwnSuccess) && !people.isDecided(draft) && !isExempt(draft);
}

/** After the longest period of retention, every submission has ended and holds nothing of its customer. */
export async function runRetention(simulation: Simulation): Promise<void> {
  await wait(simulation, RETENTION_MS);
  simulation.perform({ kind: 'purge', atMs: 0, process: 0 });
  await wait(simulation, PRESS_MS);
  for (const { state, hasLink, hasPayload } of simulation.watch.getRows()) {
    if (!['succeeded', 'refused', 'expired'].includes(state))
      simulation.reportBreach('final', `${state} after its retention`);
    if (hasLink || hasPayload) simulation.reportBreach('retention', 'a value was kept longer than its retention');
  }
}
