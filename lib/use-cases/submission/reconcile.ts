import { judge } from '../../domain/upstream-responses/judge.ts';
import type { Case } from '../../store/ledger.ts';
import type { UserLookup } from '../../upstream/raas.ts';
import { isUpstreamFailure, type SendTools, sendOnce } from './send.ts';

export type ReconcileTools = SendTools & {
  limits: {
    /** Milliseconds over which a user must be absent in every look to count as absent. */
    looks: number;
    /** Milliseconds after which a person takes over, once it has been looked for. */
    park: number;
    total: number;
    lookup: number;
  };
};

/** Looks that must find nobody: a user who was just made may not be visible yet (contract, section 6.3). */
const LOOKS = 3;
/** Cases that are looked at together: fewer than the upstream's connections, which customers need. */
const BATCH = 10;
/** Milliseconds after which a round takes no further batch. It must end before the next one is due to be called hung. */
const TAKE_FOR_MS = 20_000;

/**
 * Finds out what became of the calls of unknown fate. Calls whose process was lost are found first; then every case
 * that is due is looked at by one worker. Any number of processes may do this at once.
 *
 * A backlog is worked off in one round, batch after batch, as long as the upstream answers all looks.
 *
 * @param signal ends it after the batch under way
 * @returns how many cases were looked at
 */
export async function reconcile(tools: ReconcileTools, signal?: AbortSignal): Promise<number> {
  const { ledger, monotonicMs } = tools;
  const until = monotonicMs() + TAKE_FOR_MS;
  await ledger.recover(false);
  await ledger.forgetLinks();
  for (let count = 0; ; ) {
    const cases = await ledger.take(BATCH);
    const looks = await Promise.all(cases.map((found) => settle(tools, found)));
    count += cases.length;
    const isMore = cases.length === BATCH && !looks.includes('failed');
    if (!isMore || signal?.aborted || monotonicMs() >= until) return count;
  }
}

/** @returns how the look ended; undefined when there was nothing to look for */
async function settle(tools: ReconcileTools, found: Case): Promise<UserLookup['kind'] | undefined> {
  const { ledger, raas, now, limits, log } = tools;
  const park = async (cause: string) => {
    await ledger.finish(found, { state: 'parked' }, { actor: 'reconciler', cause });
    log({ event: 'submission.parked', submission: found.id, cause });
  };
  if (!found.request) {
    await park('nothing to look for');
    return undefined;
  }
  const again = new Date(now().getTime() + limits.looks / (LOOKS - 1));
  const isLate = now().getTime() - found.ambiguousSince.getTime() >= limits.park;
  const user = await raas.findUser(found.request.phoneNumber, limits.lookup);
  switch (user.kind) {
    case 'failed':
      if (user.isDenied) log({ event: 'upstream.alarm', cause: `lookup ${user.cause}` });
      if (isLate) await park('no answer in time');
      else await ledger.lookAgain(found, again, false, { actor: 'reconciler', cause: `look failed: ${user.cause}` });
      break;
    case 'absent':
      if (found.looks + 1 < LOOKS) await ledger.lookAgain(found, again, true, { actor: 'reconciler', cause: 'absent' });
      else if (found.reconciled > 0) await park('lost twice');
      // Another draft may have the phone by now (docs/decisions/0108).
      else if (isLate) await park('absent, and too late to send');
      else await repeat(tools, found);
      break;
    case 'present':
      await handOver(tools, found, { userId: user.userId, again, isLate, park });
  }
  return user.kind;
}

/** Nothing had arrived: the call is made once more, if what it carries is still good. */
async function repeat(tools: ReconcileTools, found: Case): Promise<void> {
  const { ledger, admission, limits, now } = tools;
  const cleared = await ledger.clear(found, { actor: 'reconciler', cause: 'proved absent' });
  const isGood = found.sendableUntil === undefined || found.sendableUntil > now();
  const { request } = found;
  if (!cleared || !request) return;
  const call = isGood
    ? await admission.run(async () => {
        const verdict = await sendOnce(tools, {
          ...{ submission: { id: found.id, draftId: found.draftId, request }, actor: 'reconciler' },
          ...{ by: 'absent', within: limits.total, isAfterUnknown: true },
        });
        return { value: verdict, isFailure: isUpstreamFailure(verdict) };
      })
    : { admitted: false };
  if (!call.admitted) await ledger.release(found);
}

type Settlement = {
  userId: string;
  /** When the next look is due. */
  again: Date;
  /** It is time for a person to take over. */
  isLate: boolean;
  park: (cause: string) => Promise<void>;
};

/**
 * Somebody with this phone is there. Only when nobody was just before the call, and no other draft called meanwhile, is it
 * proved that the call made this user; then, and only then, its customer gets the link. Anything else could be a
 * stranger's account.
 */
async function handOver(
  { ledger, raas, limits, log }: ReconcileTools,
  found: Case,
  { userId, again, isLate, park }: Settlement,
): Promise<void> {
  const note = { actor: 'reconciler' } as const;
  if (found.precheck === 'present') {
    await ledger.finish(found, { state: 'refused', outcome: 'refused' }, { ...note, cause: 'was there before' });
    return log({ event: 'submission.settled', submission: found.id, outcome: 'refused' });
  }
  if (found.precheck === 'unknown') return park('there, and nobody knows since when');
  if (await ledger.hasRival(found)) return park('there, perhaps by another call');
  const verdict = judge(await raas.enrolledSessionLink(userId, limits.lookup));
  if (verdict.state !== 'succeeded') {
    if (isLate) return park('there, and no link in time');
    return ledger.lookAgain(found, again, false, { ...note, cause: `no link: ${verdict.cause}` });
  }
  await ledger.finish(found, { state: 'succeeded', link: verdict.link }, { ...note, cause: 'found' });
  log({ event: 'submission.settled', submission: found.id, outcome: 'succeeded' });
}
