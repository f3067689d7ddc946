import type { Defect } from './defect.ts';

const SEND = 'lib/use-cases/submission/send.ts';
const SUBMIT = 'lib/use-cases/submission/submit.ts';
const TRANSPORT = 'lib/upstream/transport.ts';
const ADMISSION = 'lib/upstream/upstream-guard.ts';
const WINDOW = 'lib/use-cases/submission/send-window.ts';

/** Of the window of a claim, the call itself, and what its answer means. */
export const SENDING_DEFECTS: readonly Defect[] = [
  {
    name: 'a call begins however late its claim was answered',
    file: WINDOW,
    text: '< windowMs',
    replacement: '< Number.POSITIVE_INFINITY',
  },
  {
    name: 'the window of a claim is measured by the monotonic clock only',
    file: WINDOW,
    text: 'Math.max(now().getTime() - startedAt, monotonicMs() - startedMs)',
    replacement: '(monotonicMs() - startedMs)',
  },
  {
    name: 'the window of a claim is measured by the time of day only',
    file: WINDOW,
    text: 'Math.max(now().getTime() - startedAt, monotonicMs() - startedMs)',
    replacement: '(now().getTime() - startedAt)',
  },
  {
    name: 'the window of a first claim opens when the claim is answered',
    file: SUBMIT,
    text: 'const claim = fastLookup && (await ledger.createClaimedSubmission(intent, getPrecheck(fastLookup)));',
    replacement:
      'const claim = fastLookup && (await ledger.createClaimedSubmission(intent, getPrecheck(fastLookup))); if (claim) return { intentResult: claim, lookup: fastLookup, claimedCall: { claim, canSend: openSendWindow(tools, tools.sendWindowMs) } };',
  },
  {
    name: 'the window of a later claim opens when the claim is answered',
    file: SEND,
    text: '  const canSend = openSendWindow(tools, tools.sendWindowMs);\n  const claim = await tools.ledger.claim(key, precheck, { actor });',
    replacement:
      '  const claim = await tools.ledger.claim(key, precheck, { actor });\n  const canSend = openSendWindow(tools, tools.sendWindowMs);',
  },
  {
    name: 'the transport does not check the window right before the first byte',
    file: TRANSPORT,
    text: 'if (call.canSend()) call.hasBegun = true;\n  else call.abort();',
    replacement: 'call.hasBegun = true;',
  },
  {
    name: 'a call whose first byte has left counts as never sent',
    file: TRANSPORT,
    text: 'if (call.canSend()) call.hasBegun = true;',
    replacement: 'if (call.canSend()) call.hasBegun = false;',
  },
  {
    name: 'a lost answer counts as never sent',
    file: 'lib/domain/upstream-responses/classify-response.ts',
    text: 'if (result.sent) return',
    replacement: 'if (result.sent && result.cause === "") return',
  },
  {
    name: 'an error of the upstream counts as never processed',
    file: 'lib/domain/upstream-responses/classify-response.ts',
    text: `if (target === 'checking') return { state: 'ambiguous', isOurFault: status < 500, cause };`,
    replacement: `if (target === 'checking') return { state: 'not-sent', isOurFault: false, repeatAfterMs: 0, cause };`,
  },
  {
    name: 'an answer without a link counts as a refusal',
    file: 'lib/domain/upstream-responses/classify-response.ts',
    text: "return { state: 'ambiguous', isOurFault: hasUnsafeLink, cause };",
    replacement: "return { state: 'refused', target: 'refused', isDuplicate: false, cause };",
  },
  {
    name: 'an ambiguous call is repeated at once',
    file: SUBMIT,
    text: `if (responseClass.state !== 'not-sent' || responseClass.repeatAfterMs === undefined) return responseClass;`,
    replacement: `if (responseClass.state === 'ambiguous') { await sendOnce(tools, { submission: { id: claimResult?.intentResult && 'id' in claimResult.intentResult ? claimResult.intentResult.id : '', draftId: intent.draft.id, request: intent.request }, actor: 'customer', by: { claim: { id: '', draftId: '', attempt: 0, fence: 0 }, canSend: () => true }, within: getRemainingMs(), isAfterUnknown: async () => true }); return responseClass; } if (responseClass.state !== 'not-sent' || responseClass.repeatAfterMs === undefined) return responseClass;`,
  },
  {
    name: 'the call is made before its claim',
    file: SEND,
    text: `const claimedCall =\n    typeof claimOrPrecheck === 'string' ? await claimCall(tools, submission, claimOrPrecheck, actor) : claimOrPrecheck;`,
    replacement: `const early = typeof claimOrPrecheck === 'string' ? await raas.createSessionLink(submission.request, within) : undefined; const claimedCall = typeof claimOrPrecheck === 'string' ? await claimCall(tools, submission, claimOrPrecheck, actor) : claimOrPrecheck; if (claimedCall && early) { await ledger.recordResult(claimedCall.claim, toAttemptResult(classifyResponse(early), undefined), { actor, cause: undefined }); return classifyResponse(early); }`,
  },
  {
    name: 'answers that were delivered can be edited',
    file: 'lib/use-cases/customer/save-step.ts',
    text: 'if (submission && isDraftLocked(submission.state)) return',
    replacement: `if (submission?.id === '') return`,
  },
  {
    name: 'a customer gets the result of a void claim',
    file: SEND,
    text: `return isWritten || responseClass.state === 'succeeded' ? responseClass : undefined;`,
    replacement: 'return isWritten === undefined ? undefined : responseClass;',
  },
  {
    name: 'the breaker closes without a pause',
    file: ADMISSION,
    text: 'now().getTime() >= openUntil && breaker.state',
    replacement: 'breaker.state',
  },
  {
    name: 'many calls try at once after the pause of the breaker',
    file: ADMISSION,
    text: ' && breaker.state !== CircuitState.HalfOpen;',
    replacement: ' || breaker.state === CircuitState.HalfOpen;',
  },
  {
    name: 'a statement that met a conflict is not repeated',
    file: 'lib/store/retry-conflicts.ts',
    text: 'if (!isConflict || retry === MAX_RETRIES) throw error;',
    replacement: 'throw error;',
  },
];
