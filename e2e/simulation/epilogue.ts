import type { SubmissionOutcome } from '../../lib/domain/submission.ts';
import type { Instance } from './instance.ts';
import type { LedgerWatch } from './ledger-watch.ts';
import type { People } from './people.ts';
import { type Action, isPhoneShared, type Plan } from './plan.ts';
import { START_MS } from './process.ts';
import type { Scheduler } from './scheduler.ts';
import type { Upstream } from './upstream.ts';

/** A run as its end sees it. */
export type World = {
  plan: Plan;
  scheduler: Scheduler;
  upstream: Upstream;
  people: People;
  watch: LedgerWatch;
  /** The living instance of this number, if it lives. */
  instance: (index: number) => Instance | undefined;
  /** From now on everything works, and what had crashed is started. */
  heal: () => void;
  perform: (action: Action) => void;
  isExempt: (draft: number) => boolean;
  breach: (rule: string, detail: string) => void;
  isOver: () => boolean;
};

/** From the end of all faults: reconciling twice, each until it gives up, and the rounds between. */
const SETTLE_MS = 3_600_000;
const HOLD_MS = 3_600_000 + 120_000;
const PRESS_MS = 120_000;
const RETENTION_MS = 40 * 86_400_000;
const UNSETTLED = ['sending', 'ambiguous', 'reconciling'];
const PRESSES = 4;

/** Everything works again: what was begun must end well, and nobody may be locked out. */
export async function runEpilogue(world: World): Promise<void> {
  world.heal();
  await settle(world);
  if (world.plan.hasOperator) await decideAll(world);
  checkTruth(world);
  await wait(world, HOLD_MS);
  for (const draft of world.plan.drafts.keys()) await finishDraft(world, draft);
  await decideAll(world);
  checkTruth(world);
  await world.watch.checkEvents();
}

const wait = ({ scheduler, isOver }: World, ms: number) => scheduler.run(scheduler.elapsedMs() + ms, isOver);

async function settle(world: World): Promise<void> {
  const { scheduler, watch, isOver, breach } = world;
  const isSettled = () => watch.rows().every(({ state }) => !UNSETTLED.includes(state));
  await scheduler.run(scheduler.elapsedMs() + SETTLE_MS, () => isOver() || isSettled());
  if (!isSettled()) breach('final', 'a submission reached no final state');
}

async function decideAll(world: World): Promise<void> {
  await wait(world, PRESS_MS);
  world.perform({ kind: 'decide', atMs: 0, process: 0 });
  await wait(world, PRESS_MS);
}

/** The ledger and the upstream must say the same of every draft. */
function checkTruth({ plan, watch, upstream, people, isExempt, breach }: World): void {
  for (const draft of plan.drafts.keys()) {
    if (isExempt(draft)) continue;
    const rows = watch.rows().filter((row) => row.draft === people.draftId(draft));
    const attempts = rows.reduce((sum, { attempt }) => sum + attempt, 0);
    if (upstream.callsOf(draft) > attempts) breach('I1', 'more calls were made than attempts are counted');
    const isDelivered = rows.some(({ state }) => state === 'succeeded' || state === 'parked');
    const hasUser = upstream.hasMadeUser(draft);
    if (hasUser && !isDelivered) breach('truth', 'the ledger does not know of a user whom its call made');
    if (!hasUser && rows.some(({ state }) => state === 'succeeded')) breach('truth', 'a success has no user');
  }
}

/** The customer presses until there is an end. On a system that works, none may be kept from it. */
async function finishDraft(world: World, draft: number): Promise<void> {
  const { people, breach, isOver, isExempt } = world;
  let last: SubmissionOutcome['kind'] | 'error' | 'gone' | undefined;
  for (let press = 0; press < PRESSES && !isOver(); press += 1) {
    last = undefined;
    const instance = world.instance(press % world.plan.clockOffsetsMs.length);
    if (!instance) return breach('final', 'an instance did not start');
    const saved = press > 0 ? people.edit(instance, draft, 'card') : Promise.resolve();
    void saved
      .then(() => people.press(instance, draft))
      .then(
        (outcome) => {
          last = outcome;
        },
        (error: unknown) => breach('error', String(error)),
      );
    await wait(world, PRESS_MS);
    if (press === 0 && last === 'not-sent' && !isPhoneShared(world.plan, draft)) {
      breach('final', 'the answers of a customer were put aside for those of another phone');
    }
    if (last === 'linked' || last === 'refused' || last === 'working') break;
  }
  await settle(world);
  const instance = world.instance(0);
  if (isDelivered(world, draft)) {
    if (last !== 'linked') breach('truth', 'a customer who was served does not get the link');
    void (instance && people.checkForgotten(instance, draft));
    await wait(world, PRESS_MS);
  }
  if (last === undefined) breach('final', 'a press was never answered');
  if (last === 'phone-held' && !isExempt(draft) && !isHeldAnew(world, draft))
    breach('lock-out', 'a customer was kept out after the hold');
  if (last === 'not-sent' || last === 'error' || last === 'gone' || last === 'incomplete') {
    breach('final', `a customer could not send on a system that works: ${last}`);
  }
}

/** Whether another draft has begun a hold of the phone since: after a failover, a press alone can do that. */
function isHeldAnew({ plan, watch, people, scheduler }: World, draft: number): boolean {
  const nowMs = START_MS + scheduler.elapsedMs();
  const isOther = (id: string) =>
    plan.drafts.some(({ phone }, other) => phone === plan.drafts[draft]?.phone && id === people.draftId(other));
  const rows = watch.rows().filter((row) => row.draft !== people.draftId(draft) && isOther(row.draft));
  return rows.some(({ phoneUntilMs }) => phoneUntilMs !== null && phoneUntilMs > nowMs);
}

/** Whether the system itself has ended this draft's submission well: its link is kept for a day. */
function isDelivered({ watch, people, isExempt }: World, draft: number): boolean {
  const isOwn = (row: { draft: string; state: string }) =>
    row.draft === people.draftId(draft) && row.state === 'succeeded';
  return watch.rows().some(isOwn) && !people.isDecided(draft) && !isExempt(draft);
}

/** After the longest period of retention, every submission has ended and holds nothing of its customer. */
export async function endRetention(world: World): Promise<void> {
  await wait(world, RETENTION_MS);
  world.perform({ kind: 'purge', atMs: 0, process: 0 });
  await wait(world, PRESS_MS);
  for (const { state, hasLink, hasPayload } of world.watch.rows()) {
    if (!['succeeded', 'refused', 'expired'].includes(state)) world.breach('final', `${state} after its retention`);
    if (hasLink || hasPayload) world.breach('retention', 'a value was kept longer than its retention');
  }
}
