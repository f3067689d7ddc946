/** The text in a file, once, and what replaces it. */
export type Edit = { file: string; text: string; replacement: string };
/** A condition that is taken out of the product, in two places where the second one would still hold without the first. */
export type Defect = Edit & { name: string; also?: Edit };

const SEND = 'lib/onboarding/send.ts';
const SUBMIT = 'lib/onboarding/submit.ts';
const RECONCILE = 'lib/onboarding/reconcile.ts';
const STATEMENTS = 'lib/store/ledger-statements.ts';
const PHONE_CLAIMS = 'lib/store/phone-claims.ts';
const TRANSPORT = 'lib/upstream/transport.ts';
const RETENTION = 'lib/store/retention.ts';

/** Each of these must be found by the simulation. */
export const DEFECTS: readonly Defect[] = [
  {
    name: 'a call begins however late its claim was answered',
    file: 'lib/onboarding/send-window.ts',
    text: '< windowMs',
    replacement: '< Number.POSITIVE_INFINITY',
  },
  {
    name: 'the window of a claim looks at the monotonic clock only',
    file: 'lib/onboarding/send-window.ts',
    text: 'Math.max(now().getTime() - startedAt, monotonicMs() - startedMs)',
    replacement: '(monotonicMs() - startedMs)',
  },
  {
    name: 'the window of a claim opens when the claim is answered',
    file: SUBMIT,
    text: 'const claim = early && (await ledger.begin(intent, early.precheck));',
    replacement:
      'const claim = early && (await ledger.begin(intent, early.precheck)); if (claim) return { kept: claim, look: early, claimed: { claim, canSend: openSendWindow(tools, tools.sendWindowMs) } };',
  },
  {
    name: 'nothing is asked right before the first byte',
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
    name: 'a void claim may write how its call ended',
    file: STATEMENTS,
    text: "const fenced = and(IS_SUBMISSION, eq(submissions.fence, given('fence')));",
    replacement: 'const fenced = and(IS_SUBMISSION);',
  },
  {
    name: 'a submission that has ended may be ended again',
    file: STATEMENTS,
    text: "const isClaimed = and(fenced, inArray(submissions.state, ['sending', 'reconciling']));",
    replacement: 'const isClaimed = fenced;',
  },
  {
    name: 'calls whose lease still runs count as lost',
    file: STATEMENTS,
    text: "find('find_lost', and(isLost, IS_DUE), MOST)",
    replacement: "find('find_lost', isLost, MOST)",
  },
  {
    name: 'finding a lost call leaves its claim valid',
    file: STATEMENTS,
    text: '{ ...ambiguous, fence: oneMore(submissions.fence) }',
    replacement: 'ambiguous',
  },
  {
    name: 'a worker takes a submission under the claim of the one before',
    file: STATEMENTS,
    text: '      fence: oneMore(submissions.fence),\n      leaseUntil: fromNow(lease),\n',
    replacement: '      leaseUntil: fromNow(lease),\n',
  },
  {
    name: 'a claim does not ask for the state',
    file: STATEMENTS,
    text: 'and(IS_SUBMISSION, isReceived, or(isNull(submissions.sendableUntil)',
    replacement: 'and(IS_SUBMISSION, or(isNull(submissions.sendableUntil)',
  },
  {
    name: 'neither the reconciler nor the claim asks whether the card is still good',
    file: RECONCILE,
    text: 'const isGood = found.sendableUntil === undefined || found.sendableUntil > now();',
    replacement: 'const isGood = true;',
    also: {
      file: STATEMENTS,
      text: 'and(IS_SUBMISSION, isReceived, or(isNull(submissions.sendableUntil), gt(submissions.sendableUntil, AT)))',
      replacement: 'and(IS_SUBMISSION, isReceived)',
    },
  },
  {
    name: 'a claim does not take the phone',
    file: STATEMENTS,
    text: '{ changePhone: takePhone(sendingUntil) }',
    replacement: '{}',
  },
  {
    name: 'one draft may have two live submissions (unique index)',
    file: 'lib/store/migrations/contract/0001_draft_keys.sql',
    text: 'CREATE UNIQUE INDEX "submissions_one_live"',
    replacement: 'CREATE INDEX "submissions_one_live"',
  },
  {
    name: 'one version of a draft may have two submissions (unique index)',
    file: 'lib/store/migrations/contract/0001_draft_keys.sql',
    text: 'CREATE UNIQUE INDEX "submissions_one_per_version"',
    replacement: 'CREATE INDEX "submissions_one_per_version"',
  },
  {
    name: 'two drafts may have the claim on one phone (primary key)',
    file: 'lib/store/migrations/0010_claims.sql',
    text: '"hash" text PRIMARY KEY NOT NULL',
    replacement: '"hash" text NOT NULL',
    also: {
      file: 'lib/store/migrations/contract/0000_claims.sql',
      text: 'ON CONFLICT ("hash") DO UPDATE SET "draft_id" = excluded."draft_id", "until" = excluded."until"\nWHERE "claims"."draft_id" <> excluded."draft_id"',
      replacement: '',
    },
  },
  {
    name: 'a draft keeps and frees the phone that another one has',
    file: PHONE_CLAIMS,
    text: 'eq(claims.draftId, draftId)',
    replacement: 'eq(draftId, draftId)',
  },
  {
    name: 'what is refused keeps its phone',
    file: PHONE_CLAIMS,
    text: '  refused: freePhone,',
    replacement: '',
  },
  {
    name: 'a claim on a phone runs out while its call is made',
    file: STATEMENTS,
    text: 'fromNow(lease + hold), fromNow(hold)]',
    replacement: 'AT, fromNow(hold)]',
  },
  {
    name: 'a phone is released at once after a lost answer',
    file: STATEMENTS,
    text: 'fromNow(lease + hold), fromNow(hold)]',
    replacement: 'fromNow(lease + hold), AT]',
  },
  {
    name: 'a claim on a phone is released before it has run out',
    file: STATEMENTS,
    text: 'and(isOtherClaim, lt(claims.until, AT))',
    replacement: 'isOtherClaim',
  },
  {
    name: 'a phone is never released after a lost answer',
    file: STATEMENTS,
    text: 'and(isOtherClaim, lt(claims.until, AT))',
    replacement: 'and(isOtherClaim, lt(claims.until, fromNow(-1_000 * hold)))',
  },
  {
    name: 'retention deletes claims that have not run out',
    file: RETENTION,
    text: 'claims.until, lt(claims.until, now()))',
    replacement: 'claims.until, undefined)',
  },
  {
    name: 'one look that finds nobody is proof enough',
    file: RECONCILE,
    text: 'if (found.looks + 1 < LOOKS) await',
    replacement: 'if (found.looks < 0) await',
  },
  {
    name: 'the first look comes at once',
    file: STATEMENTS,
    text: 'leaseUntil: fromNow(firstLook), ambiguousSince: AT',
    replacement: 'leaseUntil: AT, ambiguousSince: AT',
  },
  {
    name: 'a look that failed counts as one that found nobody',
    file: RECONCILE,
    text: "await ledger.lookAgain(found, again, false, { actor: 'reconciler', cause: `look failed",
    replacement: "await ledger.lookAgain(found, again, true, { actor: 'reconciler', cause: `look failed",
  },
  {
    name: 'an error of a look is read as nobody',
    file: 'lib/upstream/raas.ts',
    text: 'if (status === 404 && code !== undefined && MISSING.has(code)) return',
    replacement: 'if (status >= 400) return',
  },
  {
    name: 'somebody who was there before gets found as new',
    file: RECONCILE,
    text: "if (found.precheck === 'present') {",
    replacement: "if (found.precheck === 'never') {",
  },
  {
    name: 'a failed look before the call counts as nobody there',
    file: SUBMIT,
    text: "found.kind === 'failed' ? 'unknown' : found.kind;",
    replacement: "found.kind === 'failed' ? 'absent' : found.kind;",
  },
  {
    name: 'the look before the call is not waited for',
    file: SUBMIT,
    text: "look: kept && 'id' in kept ? await looking : early",
    replacement: "look: { precheck: 'absent', hasLostCall: false }",
  },
  {
    name: 'calls of other drafts for the same phone do not count',
    file: RECONCILE,
    text: 'if (await ledger.hasRival(found)) return',
    replacement: 'if (found.looks < 0) return',
  },
  {
    name: 'a lost answer counts as never sent',
    file: 'lib/domain/outcomes/judge.ts',
    text: 'if (reply.sent) return',
    replacement: 'if (reply.sent && reply.cause === "") return',
  },
  {
    name: 'an error of the upstream counts as never processed',
    file: 'lib/domain/outcomes/judge.ts',
    text: "if (owner === 'checking') return { state: 'ambiguous', isOurFault: status < 500, cause };",
    replacement: "if (owner === 'checking') return { state: 'not-sent', isOurFault: false, repeatAfterMs: 0, cause };",
  },
  {
    name: 'an answer without a link counts as a refusal',
    file: 'lib/domain/outcomes/judge.ts',
    text: "return { state: 'ambiguous', isOurFault: hasUnsafeLink, cause };",
    replacement: "return { state: 'refused', owner: 'refused', isDuplicate: false, cause };",
  },
  {
    name: 'a call of unknown fate is repeated at once',
    file: SUBMIT,
    text: "if (verdict.state !== 'not-sent' || verdict.repeatAfterMs === undefined) return verdict;",
    replacement:
      "if (verdict.state === 'ambiguous') { await sendOnce(tools, { submission: { id: mine?.kept && 'id' in mine.kept ? mine.kept.id : '', draftId: intent.draft.id, request: intent.request }, actor: 'customer', by: { claim: { id: '', draftId: '', attempt: 0, fence: 0 }, canSend: () => true }, within: left(), isAfterUnknown: true }); return verdict; } if (verdict.state !== 'not-sent' || verdict.repeatAfterMs === undefined) return verdict;",
  },
  {
    name: 'the call is made before its claim is asked for',
    file: SEND,
    text: "const claimed = typeof by === 'string' ? await claimCall(tools, submission, by, actor) : by;",
    replacement:
      "const early = typeof by === 'string' ? await raas.createSessionLink(submission.request, within) : undefined; const claimed = typeof by === 'string' ? await claimCall(tools, submission, by, actor) : by; if (claimed && early) { await ledger.finish(claimed.claim, endOf(judge(early), isAfterUnknown, undefined), { actor, cause: undefined }); return judge(early); }",
  },
  {
    name: 'the reconciler ends with its first error',
    file: 'lib/lifecycle/repeat.ts',
    text: 'if (!stopping.signal.aborted) schedule();',
    replacement: 'if (!stopping.signal.aborted && cause === undefined) schedule();',
  },
  {
    name: 'nothing looks for calls whose process was lost',
    file: RECONCILE,
    text: 'await ledger.recover(false);',
    replacement: '',
  },
  {
    name: 'the state of any draft is shown',
    file: STATEMENTS,
    text: ".where(and(isDraft, ne(submissions.state, 'expired')))",
    replacement: ".where(ne(submissions.state, 'expired'))",
  },
  {
    name: 'newer answers are told that nothing was sent while older ones are being sent',
    file: 'lib/store/ledger.ts',
    text: 'current?.isBusy || ',
    replacement: '',
  },
  {
    name: 'retention refuses what is of unknown fate at once',
    file: RETENTION,
    text: 'lt(submissions.updatedAt, fromNow(-DECISION_MS)),\n',
    replacement: '',
  },
  {
    name: 'retention ends what may still be sent, whatever its draft',
    file: RETENTION,
    text: 'IS_DUE, notExists(findDraft(submissions.draftId, AT))),',
    replacement: 'IS_DUE),',
  },
  {
    name: 'retention forgets links of unknown end',
    file: RETENTION,
    text: '{ sealedLink: null },',
    replacement: '{ sealedPayload: null },',
  },
];
