import { ledgerBreaches, tally, until } from '../support/part.ts';
import type { World } from '../support/test-environment.ts';
import type { Crowd, Person } from './crowd.ts';
import type { Row } from './scenario.ts';

/** How long the ledger may take to come to rest after the last person has an end. */
const SETTLE_MS = 20_000;

type Event = { draftId: string; at: Date };

/** Whether a look has shown, between two calls, that the earlier one had not arrived. */
function isReconciled(calls: readonly number[], proofs: readonly number[]): boolean {
  return calls.every((at, index) => {
    const before = calls[index - 1];
    return before === undefined || proofs.some((proof) => proof > before && proof <= at);
  });
}

export const countMatches = (output: string, pattern: RegExp): number => output.match(pattern)?.length ?? 0;

/** The people among these whose submission the ledger does not have. @param before when it was made, at the latest */
export async function findLost(world: World, people: readonly Person[], before = Date.now()): Promise<Person[]> {
  const rows = await world.query<Event>('select draft_id as "draftId", created_at as at from submissions');
  const known = new Set(rows.filter(({ at }) => at.getTime() <= before).map(({ draftId }) => draftId));
  return people.filter(({ draftIds }) => ![...draftIds].some((id) => known.has(id)));
}

/** Counts how everyone ended, and what must never be. */
export async function count(
  world: World,
  { people, failures }: Crowd,
  isLossAllowed: boolean,
): Promise<Omit<Row, 'times' | 'servesAgainMs' | 'note'>> {
  const calls = await world.callTimes();
  const proofs = await world.query<Event>(
    `select submissions.draft_id as "draftId", at from submission_events join submissions on id = submission_id
     where cause = 'proved absent'`,
  );
  const again = people.filter(({ applicant }) => (calls.get(applicant.phone)?.length ?? 0) > 1);
  const twice = again.filter(({ applicant, draftIds }) => {
    const ofPerson = proofs.filter(({ draftId }) => draftIds.has(draftId)).map(({ at }) => at.getTime());
    return !isReconciled(calls.get(applicant.phone) ?? [], ofPerson);
  });
  const others = people.filter(({ end }) => end === undefined || end === 'refused');
  const acknowledged = people.filter(({ acknowledgedAt }) => acknowledgedAt !== undefined);
  const lost = await findLost(world, acknowledged);
  const ledger = await until(SETTLE_MS, async () =>
    (await ledgerBreaches(world)).length === 0 ? ([] as string[]) : undefined,
  );
  const parked = await world.query<{ cause: string }>(`select cause from submission_events where state = 'parked'`);
  const errors = [...failures].filter(([status]) => status !== 503);
  return {
    people: people.length,
    posts: [...calls.values()].reduce((sum, times) => sum + times.length, 0),
    links: people.filter(({ end }) => end === 'link').length,
    reconciled: again.length - twice.length,
    twice: twice.length,
    lost: lost.length,
    parked: people.filter(({ end }) => end === 'parked').length,
    parkedCauses: tally(parked.map(({ cause }) => cause)),
    others: others.length,
    unavailable: failures.get(503) ?? 0,
    breaches: [
      ...twice.map(({ applicant }) => `${applicant.phone}: sent twice without a reconciliation`),
      ...(isLossAllowed ? [] : lost).map(
        ({ applicant }) => `${applicant.phone}: acknowledged, and the submission is gone`,
      ),
      ...others.map(({ applicant, end }) => `${applicant.phone}: ${end ?? 'no end'}`),
      ...errors.map(([status, times]) => `${times} presses were answered with ${status}`),
      ...(ledger ?? (await ledgerBreaches(world))),
    ],
  };
}
