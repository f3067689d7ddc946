import { type CallLocation, composeRequest } from '../../domain/compose-request.ts';
import { staleAt, walk } from '../../domain/journey.ts';
import type { JourneyContext, Spelling } from '../../domain/journey-context.ts';
import { type Consent, holdsDraft, type Precheck, type SubmissionOutcome } from '../../domain/submission.ts';
import { mendOf } from '../../domain/upstream-responses/catalogue.ts';
import type { Verdict } from '../../domain/upstream-responses/judge.ts';
import type { Draft } from '../../store/drafts.ts';
import type { Intent, Submission } from '../../store/ledger.ts';
import type { Tally } from '../../store/limits.ts';
import { type ClaimedCall, isUpstreamFailure, leaveUnknown, type SendTools, sendOnce } from './send.ts';
import { openSendWindow } from './send-window.ts';

export type SubmitTools = SendTools & {
  context: JourneyContext;
  spelling: Spelling;
  /** Milliseconds for all calls of one submission, and for the look before them. */
  limits: { total: number; lookup: number };
  /** Keeps the process alive for work that goes on after the customer has been answered. */
  inBackground: (work: Promise<unknown>) => void;
  /** Whether a call of this draft may have been made whose row was lost (`lib/store/failovers.ts`). */
  mayHaveLostCall: (call: { draftId: string; phone: string }) => Promise<boolean>;
  /** Counts a call that is about to be made against its limits. */
  countCall: (call: { draftId: string; phone: string }) => Tally;
  /** Submissions that this instance is at work on, by draft and version: a double click joins the first one. */
  running: Map<string, Promise<SubmissionOutcome>>;
};
/** Why these answers cannot be sent now. */
type Blocked = Extract<SubmissionOutcome, { kind: 'not-sent' | 'phone-held' }>;
/** Undefined: another press of the button has this one; its row tells. */
type Kept = { id: string } | Blocked | undefined;
/** With what the look has found so far, and the claim if there is one already. */
type Begun = { kept: Kept; look: Look | undefined; claimed?: ClaimedCall };
/** What the look before the call has found, whether an earlier call may have left it, and whether it still says who is there. */
type Look = { precheck: Precheck; hasLostCall: boolean; isRecent: () => boolean };
type Order = { draft: Draft; lang: 'en' | 'es'; callLocation: CallLocation | undefined; consent: Consent };

/** How long the button waits for the answer before the waiting page takes over, and how often a second click looks. */
const PATIENCE_MS = 4_000;
const LOOK_EVERY_MS = 150;
/**
 * A refusal takes at least this long to say, and a little longer by chance, so that its speed does not tell what the
 * upstream knew.
 */
const REFUSAL_FLOOR_MS = 1_000;
const REFUSAL_SPREAD_MS = 200;
/** Repeats of a call that is proved not to have been processed (decision 0134), and the bounds of the pause before one. */
const REPEATS = 1;
const PAUSE_MS = [200, 1_000] as const;

/** A look that takes longer than this is slow. */
const LOOK_FIRST_MS = 250;

/** Delay of a call for a phone that was submitted often. It must stay short: another person may have typed the phone. */
export const PHONE_DELAY_MS = 2_000;

/**
 * Sends a finished draft upstream. The intent is committed before the first byte leaves, one claim makes one call, and
 * whoever does not get the claim waits for the outcome of the one who did.
 *
 * @returns `limited` when there were too many calls: then nothing was asked of the upstream and nothing was kept
 */
export async function submit(tools: SubmitTools, order: Order): Promise<SubmissionOutcome> {
  const { now, setTimer, sleep, random, inBackground } = tools;
  const start = now().getTime();
  const end = join(tools, order, start + PATIENCE_MS);
  inBackground(end);
  const patience = Promise.withResolvers<SubmissionOutcome>();
  const stopWaiting = setTimer(PATIENCE_MS, () => patience.resolve({ kind: 'working' }));
  const outcome = await Promise.race([end, patience.promise]).finally(stopWaiting);
  if (outcome.kind === 'refused') {
    const until = start + REFUSAL_FLOOR_MS + random() * REFUSAL_SPREAD_MS;
    await sleep(Math.max(0, until - now().getTime()));
  }
  return outcome;
}

function join(tools: SubmitTools, order: Order, lookUntil: number): Promise<SubmissionOutcome> {
  const { running } = tools;
  const key = `${order.draft.id}:${order.draft.version}`;
  const end = running.get(key) ?? go(tools, order, lookUntil).finally(() => running.delete(key));
  running.set(key, end);
  return end;
}

async function go(tools: SubmitTools, order: Order, lookUntil: number): Promise<SubmissionOutcome> {
  const { ledger, context, spelling, now } = tools;
  const { draft, lang, callLocation, consent } = order;
  const walked = walk(draft.content.steps, context, now().toISOString());
  const { answers, open } = walked;
  const earlier = await ledger.latest(draft.id);
  // What was delivered has been emptied, so the answers may be gone while their submission is on its way.
  if (earlier && isDecided(earlier, draft)) return waitForOutcome(tools, draft.id, lookUntil);
  if (open !== 'review') return { kind: 'incomplete', open };
  const request = composeRequest(walked, { lang, spelling, callLocation });
  const refusal = await limit(tools, { draftId: draft.id, phone: request.phoneNumber });
  if (refusal) return { kind: 'limited', retryAfterMs: refusal.retryAfterMs };

  const sendableUntil = staleAt(draft.content.steps, answers);
  const verdict = await send(tools, { draft, request, consent, sendableUntil });
  if (verdict && 'kind' in verdict) return verdict;
  return verdict ? outcomeOfVerdict(verdict) : waitForOutcome(tools, draft.id, lookUntil);
}

/** Whether these answers lead to no call: they are on their way or delivered, or the upstream has refused them. */
function isDecided({ state, isBusy, draftVersion }: Submission, { version }: Draft): boolean {
  if (holdsDraft(state)) return true;
  return draftVersion === version && (state === 'refused' || isBusy);
}

/** Counts the call that is about to be made. @returns why it must not be made */
async function limit({ countCall, sleep, inBackground, log }: SubmitTools, call: { draftId: string; phone: string }) {
  const { refusal, isDelayed, written } = countCall(call);
  inBackground(written);
  if (refusal) log({ event: 'limit.reached', limit: refusal.limit });
  if (isDelayed) {
    log({ event: 'limit.reached', limit: 'submitPhone' });
    await sleep(PHONE_DELAY_MS);
  }
  return refusal;
}

/**
 * Calls, and calls again only what is proved not to have been processed, all within one total.
 *
 * @returns what the last answer meant, or, as in `Kept`, why there was none
 */
async function send(tools: SubmitTools, intent: Intent): Promise<Verdict | Blocked | undefined> {
  const { admission, now, sleep, random, limits } = tools;
  const until = now().getTime() + limits.total;
  const left = () => until - now().getTime();
  let mine: Begun | undefined;
  for (let repeat = 0; repeat <= REPEATS && left() > 0; repeat += 1) {
    const isLast = repeat === REPEATS;
    const call = await admission.run<Verdict | Blocked | undefined>(async () => {
      const { kept, look, claimed } = mine ?? (await begin(tools, intent, left()));
      const precheck = look && getPrecheck(look);
      if (!kept || 'kind' in kept) return { value: kept, isFailure: precheck === 'unknown' };
      const by = claimed ?? precheck ?? 'unknown';
      const submission = { id: kept.id, draftId: intent.draft.id, request: intent.request };
      if (look?.hasLostCall) return { value: await leaveUnknown(tools, { submission, by }), isFailure: false };
      mine = { kept, look };
      const verdict = await sendOnce(tools, {
        ...{ submission, actor: 'customer', by, isAfterUnknown: false },
        ...{ within: left(), busyUntil: isLast ? undefined : new Date(until) },
      });
      return { value: verdict, isFailure: isUpstreamFailure(verdict) };
    });
    if (!call.admitted) return hold(tools, intent.draft.id, mine?.kept ?? (await keep(tools, intent)), call.reason);
    const verdict = call.value;
    if (!verdict || 'kind' in verdict) return verdict;
    if (verdict.state !== 'not-sent' || verdict.repeatAfterMs === undefined) return verdict;
    const [shortest, longest] = PAUSE_MS;
    const wait = Math.max(verdict.repeatAfterMs, shortest + random() * (longest - shortest));
    if (isLast || wait >= left()) return verdict;
    await sleep(wait);
  }
  return undefined;
}

/**
 * Looks who is there before the call, and keeps the intent. The look changes nothing that anybody sees; it is the proof,
 * should the answer be lost, that a user who is there afterwards came with this call. When it is quick, one statement
 * keeps the intent and claims the call; a slow one does not keep the intent waiting.
 */
async function begin(tools: SubmitTools, intent: Intent, left: number): Promise<Begun> {
  const { ledger, sleep } = tools;
  const looking = look(tools, intent, left);
  const early = await Promise.race([looking, sleep(LOOK_FIRST_MS)]);
  const canSend = openSendWindow(tools, tools.sendWindowMs);
  const claim = early && (await ledger.begin(intent, getPrecheck(early)));
  if (claim) return { kept: claim, look: early, claimed: { claim, canSend } };
  const kept = await keep(tools, intent);
  return { kept, look: kept && 'id' in kept ? await looking : early };
}

/** After a lost call, who is there may be its trace: that proves nothing about any other call. */
async function look(tools: SubmitTools, intent: Intent, left: number): Promise<Look> {
  const { raas, limits, mayHaveLostCall } = tools;
  const isRecent = openSendWindow(tools, tools.sendWindowMs);
  const phone = intent.request.phoneNumber;
  const found = await raas.findUser(phone, Math.max(Math.min(limits.lookup, left), 1));
  const precheck = found.kind === 'failed' ? 'unknown' : found.kind;
  const hasLostCall = precheck !== 'absent' && (await mayHaveLostCall({ draftId: intent.draft.id, phone }));
  return { precheck: hasLostCall ? 'unknown' : precheck, hasLostCall, isRecent };
}

/** A process that is suspended between look and claim misses other drafts' calls, and the ledger counts them for a lease only. */
const getPrecheck = ({ precheck, isRecent }: Look): Precheck =>
  precheck === 'absent' && !isRecent() ? 'unknown' : precheck;

/** Keeps the intent without a claim, unless another press or another draft is sending. */
async function keep({ ledger, limits }: SubmitTools, intent: Intent): Promise<Kept> {
  const received = await ledger.receive(intent, limits.total);
  if (received.kind === 'outdated') return { kind: 'not-sent' };
  if (received.kind === 'phone-held') return received;
  return received.isMine ? { id: received.id } : undefined;
}

/** The upstream must not be called now: what is kept is free for the next press of the button. */
async function hold(
  { ledger, log }: SubmitTools,
  draftId: string,
  kept: Kept,
  cause: string,
): Promise<Blocked | undefined> {
  if (!kept || 'kind' in kept) return kept;
  log({ event: 'submission.held', submission: kept.id, cause });
  await ledger.release({ id: kept.id, draftId });
  return undefined;
}

async function waitForOutcome(
  { ledger, now, sleep }: SubmitTools,
  draftId: string,
  until: number,
): Promise<SubmissionOutcome> {
  for (;;) {
    const current = await ledger.latest(draftId);
    const outcome = current ? outcomeOf(current) : undefined;
    if (outcome) return outcome;
    if (now().getTime() >= until) return { kind: 'working' };
    await sleep(LOOK_EVERY_MS);
  }
}

function outcomeOfVerdict(verdict: Verdict): SubmissionOutcome {
  switch (verdict.state) {
    case 'succeeded':
      return { kind: 'linked', link: verdict.link };
    case 'refused':
      return { kind: 'refused', step: mendOf(verdict.owner)?.step };
    case 'not-sent':
      return { kind: 'not-sent', retryAfterMs: verdict.repeatAfterMs };
    case 'ambiguous':
      return { kind: 'working' };
  }
}

/** Undefined while the call is under way. What is of unknown fate goes to the page that goes on looking. */
function outcomeOf({ state, link, outcome, isBusy }: Submission): SubmissionOutcome | undefined {
  if (state === 'sending' || isBusy) return undefined;
  if (state === 'succeeded' && link !== undefined) return { kind: 'linked', link };
  if (state === 'refused') return { kind: 'refused', step: mendOf(outcome)?.step };
  return state === 'received' || state === 'expired' ? { kind: 'not-sent' } : { kind: 'working' };
}
