import { buildSessionLinkRequest, type CallLocation } from '../../domain/build-session-link-request.ts';
import { getEarliestExpiry, getJourneyProgress } from '../../domain/journey.ts';
import type { JourneyContext, Spelling } from '../../domain/journey-context.ts';
import type { Locale } from '../../domain/locale.ts';
import { type ConsentRecord, isDraftLocked, type Precheck, type SubmissionOutcome } from '../../domain/submission.ts';
import { getCorrectableField } from '../../domain/upstream-responses/catalogue.ts';
import type { ResponseClass } from '../../domain/upstream-responses/classify-response.ts';
import type { Draft } from '../../store/drafts.ts';
import type { CountResult } from '../../store/rate-limit-counters.ts';
import type { Intent } from '../../store/submissions/create.ts';
import type { Submission } from '../../store/submissions/queries.ts';
import { type ClaimedCall, isUpstreamFailure, recordUnknownCall, type SendTools, sendOnce } from './send.ts';
import { openSendWindow } from './send-window.ts';

export type SubmitTools = SendTools & {
  context: JourneyContext;
  spelling: Spelling;
  /** Milliseconds for all calls of one submission, and for the lookup before them. */
  limits: { total: number; lookup: number };
  /** Keeps the process alive for work that continues after the response. */
  inBackground: (work: Promise<unknown>) => void;
  /** Returns whether a failover may have lost the row of an earlier call of this draft (`lib/store/failovers.ts`). */
  hasPossibleLostCall: (call: { draftId: string; phone: string }) => Promise<boolean>;
  /** Counts a call against its limits, before the call. */
  countCall: (call: { draftId: string; phone: string }) => CountResult;
  /** Submissions that this instance is running, by draft and version: a double click joins the first one. */
  running: Map<string, Promise<SubmissionOutcome>>;
};
/** The reason for which these answers cannot be sent now. */
type BlockedOutcome = Extract<SubmissionOutcome, { kind: 'not-sent' | 'phone-held' }>;
/** Undefined when another post of the same draft sends it; that submission's row has the outcome. */
type IntentResult = { id: string } | BlockedOutcome | undefined;
/** The intent with the result of the lookup, and with the claim if there is one already. */
type ClaimResult = { intentResult: IntentResult; lookup: PhoneLookup | undefined; claimedCall?: ClaimedCall };
/** The result of the lookup before the call. `doubt`: why an earlier call may have created the user. */
type PhoneLookup = { precheck: Precheck; doubt: string | undefined; isRecent: () => boolean };
type SubmitCommand = {
  draft: Draft;
  lang: Locale;
  callLocation: CallLocation | undefined;
  consent: ConsentRecord;
};

/** The time until the waiting page replaces the button, and the interval at which a second click reads the outcome. */
const INITIAL_WAIT_MS = 4_000;
const POLL_INTERVAL_MS = 150;
/** The minimum time of a refusal, with a random addition, so that its speed does not show what the upstream knows. */
const MIN_REJECTION_TIME_MS = 1_000;
const REJECTION_JITTER_MS = 200;
/** Repeats of a call that was certainly not processed (decision 0134), and the bounds of the pause before one. */
const MAX_RETRIES = 1;
const RETRY_PAUSE_MS = [200, 1_000] as const;

/** A lookup that takes longer does not delay the intent. */
const FAST_LOOKUP_MS = 250;

/** The delay of a call for a phone that was submitted often. It is short, since another person may have typed the phone. */
export const PHONE_DELAY_MS = 2_000;

/**
 * Submits a complete draft to the upstream. Commits the intent before the first byte, and makes one call for one claim. A caller
 * without the claim waits for the outcome of the caller with it.
 *
 * @returns `limited` after too many calls: then the upstream was not called and nothing was saved
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
  // The answers of a delivered draft are deleted, so they may be gone although their submission exists.
  if (earlierSubmission && isDecided(earlierSubmission, draft)) return waitForOutcome(tools, draft.id, pollUntilMs);
  if (open !== 'review') return { kind: 'incomplete', firstOpenStep: open };
  const request = buildSessionLinkRequest(progress, { lang, spelling, callLocation });
  const refusal = await checkLimits(tools, { draftId: draft.id, phone: request.phoneNumber });
  if (refusal) return { kind: 'limited', retryAfterMs: refusal.retryAfterMs };

  const sendDeadline = getEarliestExpiry(draft.content.steps, answers);
  const responseClass = await send(tools, { draft, request, consent, sendDeadline });
  if (responseClass && 'kind' in responseClass) return responseClass;
  // The row tells whether a duplicate may be of an earlier call.
  const isDuplicate = responseClass?.state === 'refused' && responseClass.isDuplicate;
  return responseClass && !isDuplicate ? toOutcome(responseClass) : waitForOutcome(tools, draft.id, pollUntilMs);
}

/** Returns whether these answers must not cause a call: they are on their way, delivered or refused. */
function isDecided({ state, isBusy, draftVersion }: Submission, { version }: Draft): boolean {
  if (isDraftLocked(state)) return true;
  return draftVersion === version && (state === 'refused' || isBusy);
}

/** Counts the call before it is made. @returns the limit that refuses it */
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
 * Calls the upstream, and repeats only a call that was certainly not processed, within the total time.
 *
 * @returns the class of the last response, or the reason for which there was no call
 */
async function send(tools: SubmitTools, intent: Intent): Promise<ResponseClass | BlockedOutcome | undefined> {
  const { ledger, upstreamGuard, now, sleep, random, limits } = tools;
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
      if (lookup?.doubt) {
        const unknownCall = { submission, by: claimOrPrecheck, cause: lookup.doubt };
        return { value: await recordUnknownCall(tools, unknownCall), isFailure: false };
      }
      claimResult = { intentResult, lookup };
      const responseClass = await sendOnce(tools, {
        submission,
        actor: 'customer',
        by: claimOrPrecheck,
        isAfterUnknown: () => ledger.hasAbsentCall({ draftId: intent.draft.id, phone: intent.request.phoneNumber }),
        within: getRemainingMs(),
        busyUntil: isLast ? undefined : new Date(until),
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
 * Looks the phone up and saves the intent. If the response to the call is lost, a lookup without a user proves that a user found
 * later was created by this call. After a fast lookup, one statement saves the intent and claims the call.
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

/** Looks the phone up. A user found after a lost call may have been created by it, so the result counts as unknown. */
async function findUserBeforeCall(tools: SubmitTools, intent: Intent, remainingMs: number): Promise<PhoneLookup> {
  const { raas, ledger, limits, hasPossibleLostCall } = tools;
  const isRecent = openSendWindow(tools, tools.sendWindowMs);
  const phone = intent.request.phoneNumber;
  const draftId = intent.draft.id;
  const user = await raas.findUser(phone, Math.max(Math.min(limits.lookup, remainingMs), 1));
  const precheck = user.kind === 'failed' ? 'unknown' : user.kind;
  const doubt = await findDoubt();
  return { precheck: doubt ? 'unknown' : precheck, doubt, isRecent };

  async function findDoubt(): Promise<string | undefined> {
    if (precheck === 'absent') return undefined;
    // The user of a call that lookups did not find may become visible late.
    if (precheck === 'present' && (await ledger.hasAbsentCall({ draftId, phone })))
      return 'there, perhaps by an earlier call';
    const isPossible = await hasPossibleLostCall({ draftId, phone });
    return isPossible ? 'perhaps sent before a failover' : undefined;
  }
}

/** Returns the result of the lookup for the claim. A process that was suspended in between may have missed calls of other drafts. */
const getPrecheck = ({ precheck, isRecent }: PhoneLookup): Precheck =>
  precheck === 'absent' && !isRecent() ? 'unknown' : precheck;

/** Saves the intent without a claim, unless another post or another draft is sending. */
async function saveIntent({ ledger, limits }: SubmitTools, intent: Intent): Promise<IntentResult> {
  const result = await ledger.createSubmission(intent, limits.total);
  if (result.kind === 'outdated') return { kind: 'not-sent' };
  if (result.kind === 'phone-held') return result;
  return result.isMine ? { id: result.id } : undefined;
}

/** Releases the intent for the customer's next post, because the upstream must not be called now. */
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

/** Returns the outcome of a submission; undefined while its call is in flight. An unknown result counts as working. */
function getOutcome({ state, link, outcome, isBusy }: Submission): SubmissionOutcome | undefined {
  if (state === 'sending' || isBusy) return undefined;
  if (state === 'succeeded' && link !== undefined) return { kind: 'linked', link };
  if (state === 'refused') return { kind: 'refused', step: getCorrectableField(outcome)?.step };
  return state === 'received' || state === 'expired' ? { kind: 'not-sent' } : { kind: 'working' };
}
