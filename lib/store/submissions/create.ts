import { and } from 'drizzle-orm';
import { computeKeyedHash } from '../../crypto/keyed-hash.ts';
import type { SessionLinkRequest } from '../../domain/session-link-request.ts';
import { type ConsentRecord, isDraftLocked, type Precheck } from '../../domain/submission.ts';
import type { Draft } from '../drafts.ts';
import { encryptValue } from '../encrypted-values.ts';
import { getTimeAfter, toParam, toTimestampParam } from '../statement-params.ts';
import { handleUniqueViolation } from '../unique-violation.ts';
import { IS_DUE, IS_RECEIVED, IS_SUBMISSION } from './conditions.ts';
import { getIsoAfter, hasRows, type LedgerContext } from './context.ts';
import { createDisplacement } from './displace.ts';
import { claimPhone, getPhoneDeadlines } from './phone-claims.ts';
import type { Submission } from './queries.ts';
import { buildChangedSubmissions, buildUpdate, type Claim, prepareTransition } from './transition.ts';

/** A draft to submit, with the request and the customer's consent. */
export type Intent = {
  draft: Pick<Draft, 'id' | 'version'>;
  request: SessionLinkRequest;
  consent: ConsentRecord;
  sendDeadline: Date | undefined;
};

/** The result of storing an intent. */
export type CreateResult =
  /** `isMine`: the caller may send it. Otherwise another process sends it or has sent it. */
  | { kind: 'kept'; id: string; isMine: boolean }
  /** A submission of another draft has the phone, for about so many milliseconds. */
  | { kind: 'phone-held'; retryAfterMs: number }
  /** A newer version of the draft was submitted first. */
  | { kind: 'outdated' };

/** Creates submissions from finished drafts. */
export function createCreation(
  context: LedgerContext,
  createId: () => string,
  findLatest: (draftId: string) => Promise<Submission | undefined>,
) {
  const { now } = context;
  const insertReceived = prepareInsertReceived(context);
  const insertClaimed = prepareInsertClaimed(context);
  const renew = prepareRenew(context);
  const { displace, findObstacle } = createDisplacement(context);

  return {
    /**
     * Stores a finished draft and claims its first call in one statement, after a lookup that was made just before.
     *
     * @returns undefined when another submission is in the way; then nothing is stored, and `createSubmission` returns the reason
     */
    async createClaimedSubmission(intent: Intent, precheck: Precheck): Promise<Claim | undefined> {
      const row = { ...buildRow(intent, createId(), context), precheck };
      return (await handleUniqueViolation(insertClaimed(row, { actor: 'customer' })))?.[0];
    },

    /**
     * Stores a finished draft for sending. It replaces rows that were never processed: an older version of the same draft, and a
     * row of another draft with the same phone that has not changed for a lease. An ambiguous submission keeps the phone
     * for `holdMs` (docs/decisions/0108).
     *
     * @param busyMs milliseconds in which the caller will send it; until then no other process begins
     */
    async createSubmission(intent: Intent, busyMs: number): Promise<CreateResult> {
      const row = { ...buildRow(intent, createId(), context), leaseUntil: getIsoAfter(now, busyMs) };
      const { id, draftId, draftVersion, phoneHash, consent } = row;
      const insert = async () =>
        hasRows((await handleUniqueViolation(insertReceived(row, { actor: 'customer' }))) ?? []);
      if (await insert()) return { kind: 'kept', id, isMine: true };
      await displace({ draftId, draftVersion, phoneHash });
      if (await insert()) return { kind: 'kept', id, isMine: true };

      const current = await findLatest(draftId);
      if (!current || !isStillWanted(current, draftVersion)) return findObstacle({ draftId, phoneHash });
      if (current.state !== 'received' || current.isBusy) return { kind: 'kept', id: current.id, isMine: false };
      // The customer pressed the button again. Another press may come first: then no row is renewed.
      const times = { leaseUntil: getIsoAfter(now, busyMs), at: getIsoAfter(now, 0) };
      const rows = await handleUniqueViolation(renew.execute({ id: current.id, draftId, consent, ...times }));
      return rows ? { kind: 'kept', id: current.id, isMine: hasRows(rows) } : findObstacle({ draftId, phoneHash });
    },
  };
}

/** An older version that is about to be sent again counts as well: its customer gets its outcome. */
const isStillWanted = ({ draftVersion, isBusy, state }: Submission, version: number): boolean =>
  draftVersion === version || isBusy || isDraftLocked(state);

function buildRow({ draft, request, consent, sendDeadline }: Intent, id: string, { keys }: LedgerContext) {
  return {
    id,
    draftId: draft.id,
    draftVersion: draft.version,
    consent,
    phoneHash: computeKeyedHash(request.phoneNumber, 'phone', keys),
    sealedPayload: encryptValue('payload', id, JSON.stringify(request), keys),
    sendableUntil: sendDeadline?.toISOString() ?? null,
  };
}

function prepareInsertReceived(context: LedgerContext) {
  return prepareTransition(context, 'receive', {
    insert: { state: 'received', leaseUntil: toTimestampParam('leaseUntil') },
    phone: claimPhone(getPhoneDeadlines(context.times).received),
  });
}

function prepareInsertClaimed(context: LedgerContext) {
  return prepareTransition(context, 'receive_claimed', {
    insert: {
      state: 'sending',
      precheck: toParam<Precheck>('precheck'),
      attempt: 1,
      fence: 1,
      leaseUntil: getTimeAfter(context.times.leaseMs),
    },
    phone: claimPhone(getPhoneDeadlines(context.times).sending),
  });
}

/** Gives a received row to another press of the button. The state does not change, so there is no event. */
function prepareRenew({ database, times }: LedgerContext) {
  const columns = {
    consent: toParam<ConsentRecord>('consent'),
    leaseUntil: toTimestampParam('leaseUntil'),
    holdsPhone: true,
  };
  const renewedRows = buildChangedSubmissions(
    database,
    buildUpdate(database, columns, and(IS_SUBMISSION, IS_RECEIVED, IS_DUE)),
  );
  return database
    .with(renewedRows, ...claimPhone(getPhoneDeadlines(times).received)(database, renewedRows))
    .select({ id: renewedRows.id })
    .from(renewedRows)
    .prepare('renew');
}
