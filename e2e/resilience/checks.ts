import { findLedgerBreaches, formatCounts, waitUntil } from '../support/run-helpers.ts';
import type { TestEnvironment } from '../support/test-environment.ts';
import type { Crowd, Customer } from './crowd.ts';
import type { ScenarioCounts } from './scenario.ts';

/** How long the ledger may take to come to rest after the last person has an end. */
const SETTLE_MS = 20_000;

type SubmissionEvent = { draftId: string; at: Date };

/** Returns true when a lookup between two calls has shown that the earlier one had not arrived. */
function isReconciled(calls: readonly number[], proofs: readonly number[]): boolean {
  return calls.every((callMs, index) => {
    const previousMs = calls[index - 1];
    return previousMs === undefined || proofs.some((proofMs) => proofMs > previousMs && proofMs <= callMs);
  });
}

export const countMatches = (output: string, pattern: RegExp): number => output.match(pattern)?.length ?? 0;

/** The people among these whose submission the ledger does not have. @param deadlineMs when it was made, at the latest */
export async function findLostPeople(
  environment: TestEnvironment,
  people: readonly Customer[],
  deadlineMs = Date.now(),
): Promise<Customer[]> {
  const rows = await environment.query<SubmissionEvent>(
    'select draft_id as "draftId", created_at as at from submissions',
  );
  const knownDraftIds = new Set(
    rows.filter(({ at: createdAt }) => createdAt.getTime() <= deadlineMs).map(({ draftId }) => draftId),
  );
  return people.filter(({ draftIds }) => ![...draftIds].some((id) => knownDraftIds.has(id)));
}

/** Counts how everyone ended, and what must never be. */
export async function countOutcomes(
  environment: TestEnvironment,
  { people, failures }: Crowd,
  isLossAllowed: boolean,
): Promise<Omit<ScenarioCounts, 'times' | 'servesAgainMs' | 'note'>> {
  const calls = await environment.getCallTimes();
  const proofs = await environment.query<SubmissionEvent>(
    `select submissions.draft_id as "draftId", at from submission_events join submissions on id = submission_id
     where cause = 'proved absent'`,
  );
  const repeated = people.filter(({ applicant }) => (calls.get(applicant.phone)?.length ?? 0) > 1);
  const duplicates = repeated.filter(({ applicant, draftIds }) => {
    const personProofs = proofs
      .filter(({ draftId }) => draftIds.has(draftId))
      .map(({ at: provedAt }) => provedAt.getTime());
    return !isReconciled(calls.get(applicant.phone) ?? [], personProofs);
  });
  const unfinished = people.filter(({ end }) => end === undefined || end === 'refused');
  const acknowledged = people.filter(({ acknowledgedAt }) => acknowledgedAt !== undefined);
  const lostPeople = await findLostPeople(environment, acknowledged);
  const finalBreaches = await waitUntil(SETTLE_MS, async () =>
    (await findLedgerBreaches(environment)).length === 0 ? ([] as string[]) : undefined,
  );
  const parkedEvents = await environment.query<{ cause: string }>(
    `select cause from submission_events where state = 'parked'`,
  );
  const errors = [...failures].filter(([status]) => status !== 503);
  return {
    people: people.length,
    posts: [...calls.values()].reduce((sum, times) => sum + times.length, 0),
    links: people.filter(({ end }) => end === 'link').length,
    reconciled: repeated.length - duplicates.length,
    twice: duplicates.length,
    lost: lostPeople.length,
    parked: people.filter(({ end }) => end === 'parked').length,
    parkedCauses: formatCounts(parkedEvents.map(({ cause }) => cause)),
    others: unfinished.length,
    unavailable: failures.get(503) ?? 0,
    breaches: [
      ...duplicates.map(({ applicant }) => `${applicant.phone}: sent twice without a reconciliation`),
      ...(isLossAllowed ? [] : lostPeople).map(
        ({ applicant }) => `${applicant.phone}: acknowledged, and the submission is gone`,
      ),
      ...unfinished.map(({ applicant, end }) => `${applicant.phone}: ${end ?? 'no end'}`),
      ...errors.map(([status, times]) => `${times} presses were answered with ${status}`),
      ...(finalBreaches ?? (await findLedgerBreaches(environment))),
    ],
  };
}
