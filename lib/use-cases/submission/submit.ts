import { buildSessionLinkRequest, type CallLocation } from '../../domain/build-session-link-request.ts';
import { getEarliestExpiry, getJourneyProgress } from '../../domain/journey.ts';
import type { JourneyContext, Spelling } from '../../domain/journey-context.ts';
import type { Locale } from '../../domain/locale.ts';
import { type ConsentRecord, isDraftLocked, type Precheck, type SubmissionOutcome } from '../../domain/submission.ts';
import { getCorrectableField } from '../../domain/upstream-responses/catalogue.ts';
import type { ResponseClass } from '../../domain/upstream-responses/classify-response.ts';
import type { Draft } from '../../store/drafts.ts';
import type { CountResult } from '../../store/rate-limits.ts';
import type { Intent } from '../../store/submissions/create.ts';
import type { Submission } from '../../store/submissions/queries.ts';
import { type ClaimedCall, isUpstreamFailure, recordUnknownCall, type SendTools, sendOnce } from './send.ts';
import { openSendWindow } from './send-window.ts';

export type SubmitTools = SendTools & {
  context: JourneyContext;
  spelling: Spelling;
  /** Milliseconds for all calls of one submission, and for the look before them. */
  limits: { total: number; lookup: number };
  /** Keeps the process alive for work that goes on after the customer has been answered. */
  inBackground: (work: Promise<unknown>) => void;
  /** Whether a call of this draft may have been made whose row was lost (`lib/store/failovers.ts`). */
  hasPossibleLostCall: (call: { draftId: string; phone: string }) => Promise<boolean>;
  /** Counts a call that is about to be made against its limits. */
  countCall: (call: { draftId: string; phone: string }) => CountResult;
  /** Submissions that this instance is at work on, by draft and version: a double click joins the first one. */
  running: Map<string, Promise<SubmissionOutcome>>;
};
/** Why these answers cannot be sent now. */
type BlockedOutcome = Extract<SubmissionOutcome, { kind: 'not-sent' | 'phone-held' }>;
/** Undefined: another press of the button has this one; its row tells. */
type IntentResult = { id: string } | BlockedOutcome | undefined;
/** With what the look has found so far, and the claim if there is one already. */
type ClaimResult = { intentResult: IntentResult; lookup: PhoneLookup | undefined; claimedCall?: ClaimedCall };
/** What the look before the call has found, whether an earlier call may have left it, and whether it still says who is there. */
type PhoneLookup = { precheck: Precheck; hasLostCall: boolean; isRecent: () => boolean };
type SubmitCommand = {
  draft: Draft;
  lang: Locale;
  callLocation: CallLocation | undefined;
  consent: ConsentRecord;
};

/** How long the button waits for the answer before the waiting page takes over, and how often a second click looks. */
const INITIAL_WAIT_MS = 4_000;
const POLL_INTERVAL_MS = 150;
/**
 * A refusal takes at least this long to say, and a little longer by chance, so that its speed does not tell what the
 * upstream knew.
 */
const MIN_REJECTION_TIME_MS = 1_000;
const REJECTION_JITTER_MS = 200;
/** Repeats of a call that is proved not to have been processed (decision 0134), and the bounds of the pause before one. */
const MAX_RETRIES = 1;
const RETRY_PAUSE_MS = [200, 1_000] as const;

/** A look that takes longer than this is slow. */
const FAST_LOOKUP_MS = 250;

/** Delay of a call for a phone that was submitted often. It must stay short: another person may have typed the phone. */
export const PHONE_DELAY_MS = 2_000;

/**
 * Sends a finished draft upstream. The intent is committed before the first byte leaves, one claim makes one call, and
 * whoever does not get the claim waits for the outcome of the one who did.
 *
 * @returns `limited` when there were too many calls: then nothing was asked of the upstream and nothing was kept
 */
export async function submit(tools: SubmitTools, command: SubmitCommand): Promise<SubmissionOutcome> {
  const { now, setTimer, sleep, random, inBackground } = tools;
  const start = now().getTime();
  const pendingOutcome = getOrStartSubmission(tools, command, start + INITIAL_WAIT_MS);
  inBackground(pendingOutcome);
  const initialWait = Promise.withResolvers<SubmissionOutcome>();
  const stopWaiting = setTimer(INITIAL_WAIT_MS, () => initialWait.resolve({ kind: 'working' }));
  const outcome = await Promise.race([pendingOutcome, initialWait.promise]).finally(stopWaiting);
  if (outcome.kind === 'refused') {
    const until = start + MIN_REJECTION_TIME_MS + random() * REJECTION_JITTER_MS;
    await sleep(Math.max(0, until - now().getTime()));
  }
  return outcome;
}

function getOrStartSubmission(
  tools: SubmitTools,
  command: SubmitCommand,
  pollUntilMs: number,
): Promise<SubmissionOutcome> {
  const { running } = tools;
  const key = `${command.draft.id}:${command.draft.version}`;
  const pendingOutcome =
    running.get(key) ?? runSubmission(tools, command, pollUntilMs).finally(() => running.delete(key));
  running.set(key, pendingOutcome);
  return pendingOutcome;
}

async function runSubmission(
  tools: SubmitTools,
  command: SubmitCommand,
  pollUntilMs: number,
): Promise<SubmissionOutcome> {
  const { ledger, context, spelling, now } = tools;
  const { draft, lang, callLocation, consent } = command;
  const progress = getJourneyProgress(draft.content.steps, context, now().toISOString());
  const { answers, firstOpenStep: open } = progress;
  const earlierSubmission = await ledger.findLatest(draft.id);
  // What was delivered has been emptied, so the answers may be gone while their submission is on its way.
  if (earlierSubmission && isDecided(earlierSubmission, draft)) return waitForOutcome(tools, draft.id, pollUntilMs);
  if (open !== 'review') return { kind: 'incomplete', firstOpenStep: open };
  const request = buildSessionLinkRequest(progress, { lang, spelling, callLocation });
  const refusal = await checkLimits(tools, { draftId: draft.id, phone: request.phoneNumber });
  if (refusal) return { kind: 'limited', retryAfterMs: refusal.retryAfterMs };

  const sendDeadline = getEarliestExpiry(draft.content.steps, answers);
  const responseClass = await send(tools, { draft, request, consent, sendDeadline });
  if (responseClass && 'kind' in responseClass) return responseClass;
  return responseClass ? toOutcome(responseClass) : waitForOutcome(tools, draft.id, pollUntilMs);
}

/** Whether these answers lead to no call: they are on their way or delivered, or the upstream has refused them. */
function isDecided({ state, isBusy, draftVersion }: Submission, { version }: Draft): boolean {
  if (isDraftLocked(state)) return true;
  return draftVersion === version && (state === 'refused' || isBusy);
}

/** Counts the call that is about to be made. @returns why it must not be made */
async function checkLimits(
  { countCall, sleep, inBackground, log }: SubmitTools,
  call: { draftId: string; phone: string },
) {
  const { refusal, isDelayed, written: pendingWrite } = countCall(call);
  inBackground(pendingWrite);
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
async function send(tools: SubmitTools, intent: Intent): Promise<ResponseClass | BlockedOutcome | undefined> {
  const { upstreamGuard, now, sleep, random, limits } = tools;
  const until = now().getTime() + limits.total;
  const getRemainingMs = () => until - now().getTime();
  let claimResult: ClaimResult | undefined;
  for (let repeat = 0; repeat <= MAX_RETRIES && getRemainingMs() > 0; repeat += 1) {
    const isLast = repeat === MAX_RETRIES;
    const call = await upstreamGuard.run<ResponseClass | BlockedOutcome | undefined>(async () => {
      const { intentResult, lookup, claimedCall } = claimResult ?? (await claimIntent(tools, intent, getRemainingMs()));
      const precheck = lookup && getPrecheck(lookup);
      if (!intentResult || 'kind' in intentResult) return { value: intentResult, isFailure: precheck === 'unknown' };
      const claimOrPrecheck = claimedCall ?? precheck ?? 'unknown';
      const submission = { id: intentResult.id, draftId: intent.draft.id, request: intent.request };
      if (lookup?.hasLostCall)
        return { value: await recordUnknownCall(tools, { submission, by: claimOrPrecheck }), isFailure: false };
      claimResult = { intentResult, lookup };
      const responseClass = await sendOnce(tools, {
        ...{ submission, actor: 'customer', by: claimOrPrecheck, isAfterUnknown: false },
        ...{ within: getRemainingMs(), busyUntil: isLast ? undefined : new Date(until) },
      });
      return { value: responseClass, isFailure: isUpstreamFailure(responseClass) };
    });
    if (!call.admitted)
      return releaseIntent(
        tools,
        intent.draft.id,
        claimResult?.intentResult ?? (await saveIntent(tools, intent)),
        call.reason,
      );
    const responseClass = call.value;
    if (!responseClass || 'kind' in responseClass) return responseClass;
    if (responseClass.state !== 'not-sent' || responseClass.repeatAfterMs === undefined) return responseClass;
    const [shortest, longest] = RETRY_PAUSE_MS;
    const wait = Math.max(responseClass.repeatAfterMs, shortest + random() * (longest - shortest));
    if (isLast || wait >= getRemainingMs()) return responseClass;
    await sleep(wait);
  }
  return undefined;
}

/**
 * Looks who is there before the call, and keeps the intent. The look changes nothing that anybody sees; it is the proof,
 * should the answer be lost, that a user who is there afterwards came with this call. When it is quick, one statement
 * keeps the intent and claims the call; a slow one does not keep the intent waiting.
 */
async function claimIntent(tools: SubmitTools, intent: Intent, remainingMs: number): Promise<ClaimResult> {
  const { ledger, sleep } = tools;
  const pendingLookup = findUserBeforeCall(tools, intent, remainingMs);
  const fastLookup = await Promise.race([pendingLookup, sleep(FAST_LOOKUP_MS)]);
  const canSend = openSendWindow(tools, tools.sendWindowMs);
  const claim = fastLookup && (await ledger.createClaimedSubmission(intent, getPrecheck(fastLookup)));
  if (claim) return { intentResult: claim, lookup: fastLookup, claimedCall: { claim, canSend } };
  const intentResult = await saveIntent(tools, intent);
  return { intentResult, lookup: intentResult && 'id' in intentResult ? await pendingLookup : fastLookup };
}

/** After a lost call, who is there may be its trace: that proves nothing about any other call. */
async function findUserBeforeCall(tools: SubmitTools, intent: Intent, remainingMs: number): Promise<PhoneLookup> {
  const { raas, limits, hasPossibleLostCall } = tools;
  const isRecent = openSendWindow(tools, tools.sendWindowMs);
  const phone = intent.request.phoneNumber;
  const user = await raas.findUser(phone, Math.max(Math.min(limits.lookup, remainingMs), 1));
  const precheck = user.kind === 'failed' ? 'unknown' : user.kind;
  const hasLostCall = precheck !== 'absent' && (await hasPossibleLostCall({ draftId: intent.draft.id, phone }));
  return { precheck: hasLostCall ? 'unknown' : precheck, hasLostCall, isRecent };
}

/** A process that is suspended between look and claim misses other drafts' calls, and the ledger counts them for a lease only. */
const getPrecheck = ({ precheck, isRecent }: PhoneLookup): Precheck =>
  precheck === 'absent' && !isRecent() ? 'unknown' : precheck;

/** Keeps the intent without a claim, unless another press or another draft is sending. */
async function saveIntent({ ledger, limits }: SubmitTools, intent: Intent): Promise<IntentResult> {
  const result = await ledger.createSubmission(intent, limits.total);
  if (result.kind === 'outdated') return { kind: 'not-sent' };
  if (result.kind === 'phone-held') return result;
  return result.isMine ? { id: result.id } : undefined;
}

/** The upstream must not be called now: what is kept is free for the next press of the button. */
async function releaseIntent(
  { ledger, log }: SubmitTools,
  draftId: string,
  intentResult: IntentResult,
  cause: string,
): Promise<BlockedOutcome | undefined> {
  if (!intentResult || 'kind' in intentResult) return intentResult;
  log({ event: 'submission.held', submission: intentResult.id, cause });
  await ledger.release({ id: intentResult.id, draftId });
  return undefined;
}

async function waitForOutcome(
  { ledger, now, sleep }: SubmitTools,
  draftId: string,
  until: number,
): Promise<SubmissionOutcome> {
  for (;;) {
    const current = await ledger.findLatest(draftId);
    const outcome = current ? getOutcome(current) : undefined;
    if (outcome) return outcome;
    if (now().getTime() >= until) return { kind: 'working' };
    await sleep(POLL_INTERVAL_MS);
  }
}

function toOutcome(responseClass: ResponseClass): SubmissionOutcome {
  switch (responseClass.state) {
    case 'succeeded':
      return { kind: 'linked', link: responseClass.link };
    case 'refused':
      return { kind: 'refused', step: getCorrectableField(responseClass.target)?.step };
    case 'not-sent':
      return { kind: 'not-sent', retryAfterMs: responseClass.repeatAfterMs };
    case 'ambiguous':
      return { kind: 'working' };
  }
}

/** Undefined while the call is under way. What is of unknown fate goes to the page that goes on looking. */
function getOutcome({ state, link, outcome, isBusy }: Submission): SubmissionOutcome | undefined {
  if (state === 'sending' || isBusy) return undefined;
  if (state === 'succeeded' && link !== undefined) return { kind: 'linked', link };
  if (state === 'refused') return { kind: 'refused', step: getCorrectableField(outcome)?.step };
  return state === 'received' || state === 'expired' ? { kind: 'not-sent' } : { kind: 'working' };
}
