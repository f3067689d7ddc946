import { judge } from '../domain/outcomes/judge.ts';
import type { Case } from '../store/ledger.ts';
import { isUpstreamFailure, type SendTools, sendOnce } from './send.ts';

export type ReconcileTools = SendTools & {
  limits: {
    /** Milliseconds over which a user must be absent in every look to count as absent. */
    looks: number;
    /** Milliseconds after which a person takes over. */
    park: number;
    total: number;
    lookup: number;
  };
};

/** Looks that must find nobody: a user who was just made may not be visible yet (contract, section 6.3). */
const LOOKS = 3;
const BATCH = 10;

/**
 * Finds out what became of the calls of unknown fate. Calls whose process was lost are found first; then every case
 * that is due is looked at by one worker. Any number of processes may do this at once.
 *
 * @returns how many cases were looked at
 */
export async function reconcile(tools: ReconcileTools): Promise<number> {
  await tools.ledger.recover(false);
  await tools.ledger.forgetLinks();
  const cases = await tools.ledger.take(BATCH);
  await Promise.all(cases.map((found) => settle(tools, found)));
  return cases.length;
}

async function settle(tools: ReconcileTools, found: Case): Promise<void> {
  const { ledger, raas, now, limits, log } = tools;
  const age = now().getTime() - found.ambiguousSince.getTime();
  const park = async (cause: string) => {
    await ledger.finish(found, { state: 'parked' }, { actor: 'reconciler', cause });
    log({ event: 'submission.parked', submission: found.id, cause });
  };
  if (!found.request) return park('nothing to look for');
  if (age >= limits.park) return park('no answer in time');

  const again = new Date(now().getTime() + limits.looks / (LOOKS - 1));
  const user = await raas.findUser(found.request.phoneNumber, limits.lookup);
  switch (user.kind) {
    case 'failed':
      if (user.isDenied) log({ event: 'upstream.alarm', cause: `lookup ${user.cause}` });
      return ledger.lookAgain(found, again, false, { actor: 'reconciler', cause: `look failed: ${user.cause}` });
    case 'absent':
      if (found.looks + 1 < LOOKS) {
        return ledger.lookAgain(found, again, true, { actor: 'reconciler', cause: 'absent' });
      }
      if (found.reconciled > 0) return park('lost twice');
      return repeat(tools, found);
    case 'present':
      return handOver(tools, found, user.userId, again, park);
  }
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
  if (!call.admitted) await ledger.release(found.id);
}

/**
 * Somebody with this phone is there. Only when nobody was just before the call, and no other draft called meanwhile, is it
 * proved that the call made this user; then, and only then, its customer gets the link. Anything else could be a
 * stranger's account.
 */
async function handOver(
  { ledger, raas, limits, log }: ReconcileTools,
  found: Case,
  userId: string,
  again: Date,
  park: (cause: string) => Promise<void>,
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
    return ledger.lookAgain(found, again, false, { ...note, cause: `no link: ${verdict.cause}` });
  }
  await ledger.finish(found, { state: 'succeeded', link: verdict.link }, { ...note, cause: 'found' });
  log({ event: 'submission.settled', submission: found.id, outcome: 'succeeded' });
}
