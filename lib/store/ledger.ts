import { and, inArray } from 'drizzle-orm';
import type { Keys } from '../crypto/encryption.ts';
import { computeKeyedHash } from '../crypto/keyed-hash.ts';
import type { SessionLinkRequest } from '../domain/session-link-request.ts';
import { type ConsentRecord, isDraftLocked, type Precheck, type SubmissionState } from '../domain/submission.ts';
import type { Database } from './database.ts';
import { type Draft, encryptDraft } from './drafts.ts';
import { decryptJson, decryptText, encryptValue } from './encrypted-values.ts';
import { createLedgerStatements, type LedgerTimes } from './ledger-statements.ts';
import { submissions } from './schema.ts';
import type { Claim, EventDetails } from './transitions.ts';
import { handleUniqueViolation } from './unique-violation.ts';

/** A submission as its customer's pages know it. */
export type Submission = {
  id: string;
  draftVersion: number;
  state: SubmissionState;
  /** Of a refusal: its owner in the outcome catalogue. */
  outcome: string | undefined;
  link: string | undefined;
  /** It counts as received, and whoever sends it is about to try again by itself. */
  isBusy: boolean;
};

/** A submission of unknown fate, taken by one worker. */
export type AmbiguousSubmission = Claim & {
  phoneHash: string | null;
  createdAt: Date;
  /** Undefined when there is none or when it cannot be decrypted: then a person decides. */
  request: SessionLinkRequest | undefined;
  precheck: Precheck;
  ambiguousSince: Date;
  looks: number;
  reconciled: number;
  sendDeadline: Date | undefined;
};

/** How a call, or a look, ended. */
export type AttemptResult =
  | { state: 'succeeded'; link?: string }
  | { state: 'refused'; outcome: string }
  /** Proved not to have been processed. `busyUntil`: a repeat follows by itself. */
  | { state: 'received'; busyUntil?: Date | undefined }
  | { state: 'ambiguous' }
  | { state: 'parked' };

/** One submission: its draft tells a distributed database where its rows are. */
export type SubmissionKey = { id: string; draftId: string };

/** What is to be sent, for whom, and by whose yes. */
export type Intent = {
  draft: Pick<Draft, 'id' | 'version'>;
  request: SessionLinkRequest;
  consent: ConsentRecord;
  sendDeadline: Date | undefined;
};

/** What became of an intent. */
export type CreateResult =
  | { kind: 'kept'; id: string; isMine: boolean }
  /** A submission of another draft has the phone, for about so many milliseconds. */
  | { kind: 'phone-held'; retryAfterMs: number }
  /** A newer version of the draft went first. */
  | { kind: 'outdated' };

/** Rows that are moved at the same time: fewer than the pool has connections. */
const MAX_PARALLEL_TRANSITIONS = 8;
/** Milliseconds after which a customer whose phone is being sent from another draft may try again. */
const SENDING_WAIT_MS = 60_000;

export type Ledger = ReturnType<typeof createLedger>;

/**
 * The submission ledger. Every function is one or two statements whose conditions decide who wins; none reads first
 * and writes on what it read, so any number of processes may share a Postgres.
 */
export function createLedger(
  database: Database,
  keys: Keys,
  now: () => Date,
  times: LedgerTimes,
  createId: () => string = () => crypto.randomUUID(),
) {
  const statements = createLedgerStatements(database, now, times);

  /** The newest submission of a draft. */
  async function findLatest(draftId: string): Promise<Submission | undefined> {
    const [row] = await statements.findLatest.execute({ draftId });
    if (!row) return undefined;
    const { id, draftVersion, state, outcome, sealedLink, linkExpiresAt, leaseUntil } = row;
    const isFresh = linkExpiresAt === null || linkExpiresAt > now();
    return {
      ...{ id, draftVersion, state, outcome: outcome ?? undefined },
      link: sealedLink && isFresh ? decryptText('link', id, sealedLink, keys) : undefined,
      isBusy: state === 'received' && leaseUntil !== null && leaseUntil > now(),
    };
  }

  const getNowIso = () => now().toISOString();
  const getIsoAfter = (ms: number) => new Date(now().getTime() + ms).toISOString();
  const hasRows = (rows: readonly unknown[]) => rows.length > 0;
  const buildRow = ({ draft, request, consent, sendDeadline }: Intent) => {
    const id = createId();
    return {
      ...{ id, draftId: draft.id, draftVersion: draft.version, consent },
      phoneHash: computeKeyedHash(request.phoneNumber, 'phone', keys),
      sealedPayload: encryptValue('payload', id, JSON.stringify(request), keys),
      sendableUntil: sendDeadline?.toISOString() ?? null,
    };
  };

  /** Why a row could not be kept beside those that are there. */
  async function findObstacle(intent: { draftId: string; phoneHash: string }): Promise<CreateResult> {
    const [holder] = await statements.findPhoneHolder.execute(intent);
    if (!holder) return { kind: 'outdated' };
    const heldForMs = holder.until.getTime() - now().getTime();
    // Longer than a hold: its call is being made and will probably free the phone soon.
    const isSending = heldForMs > times.holdMs;
    return { kind: 'phone-held', retryAfterMs: isSending ? SENDING_WAIT_MS : Math.max(heldForMs, SENDING_WAIT_MS) };
  }

  return {
    /**
     * Keeps a finished draft and claims its first call with the same stroke, by a look that was made just before.
     * Undefined when anything is in its way: then nothing is kept, and `receive` says what it is.
     */
    async createClaimedSubmission(intent: Intent, precheck: Precheck): Promise<Claim | undefined> {
      const row = { ...buildRow(intent), precheck };
      return (await handleUniqueViolation(statements.insertClaimed(row, { actor: 'customer' })))?.[0];
    },

    /**
     * Keeps a finished draft for sending. Rows that were never processed make way: an older version of the same draft,
     * and one of another draft with the same phone that nobody has touched for a lease. A submission of unknown fate keeps
     * the phone for `hold` (docs/decisions/0108).
     *
     * @param busyMs milliseconds in which the caller means to send it; until then nobody else begins
     * @returns the id of the draft's submission and whether it is the caller's to send, or what is in its way
     */
    async createSubmission(intent: Intent, busyMs: number): Promise<CreateResult> {
      const row = buildRow(intent);
      const { id, draftId, draftVersion, phoneHash, consent } = row;
      const insert = async () =>
        hasRows(
          (await handleUniqueViolation(
            statements.insertReceived({ ...row, leaseUntil: getIsoAfter(busyMs) }, { actor: 'customer' }),
          )) ?? [],
        );
      if (await insert()) return { kind: 'kept', id, isMine: true };

      await statements.expireStale({ draftId, draftVersion }, { actor: 'customer', cause: 'newer answers' });
      await statements.expireStaleOther({ draftId, phoneHash }, { actor: 'customer', cause: 'newer answers' });
      await statements.releasePhone.execute({ draftId, phoneHash, at: getNowIso() });
      await statements.releaseHold.execute({ draftId, phoneHash, at: getNowIso() });
      if (await insert()) return { kind: 'kept', id, isMine: true };

      const current = await findLatest(draftId);
      // An older version that is about to be sent again counts as well: its customer gets its outcome.
      const isSame =
        current?.draftVersion === draftVersion || current?.isBusy || (current && isDraftLocked(current.state));
      if (!isSame) return findObstacle({ draftId, phoneHash });
      if (current.state !== 'received' || current.isBusy) return { kind: 'kept', id: current.id, isMine: false };
      // By a button that was pressed anew, unless another press came first.
      const renewal = { id: current.id, draftId, consent, leaseUntil: getIsoAfter(busyMs), at: getNowIso() };
      const rows = await handleUniqueViolation(statements.renew.execute(renewal));
      return rows ? { kind: 'kept', id: current.id, isMine: hasRows(rows) } : findObstacle({ draftId, phoneHash });
    },

    /** Ends the time in which nobody else begins: what was received is not being sent after all. */
    async release({ id, draftId }: SubmissionKey): Promise<void> {
      await statements.release.execute({ id, draftId });
    },

    /**
     * Claims the right to make one call, and the phone with it. Committed when it resolves; undefined when another claim was
     * first or a submission of another draft has the phone.
     */
    async claim(
      { id, draftId }: SubmissionKey,
      precheck: Precheck,
      eventDetails: EventDetails,
    ): Promise<Claim | undefined> {
      return (await handleUniqueViolation(statements.claim({ id, draftId, precheck }, eventDetails)))?.[0];
    },

    /**
     * Writes how the claimed call, or the look, ended. What was typed is forgotten with the same stroke that keeps the link;
     * the draft's row stays, so that its cookie still leads to its end. False when the claim is void: then nothing changes.
     */
    async recordResult(
      { id, draftId, fence }: Claim,
      result: AttemptResult,
      eventDetails: EventDetails,
    ): Promise<boolean> {
      const claim = { id, draftId, fence };
      switch (result.state) {
        case 'succeeded': {
          const sealedLink = result.link === undefined ? null : encryptValue('link', id, result.link, keys);
          const emptyDraft = encryptDraft(draftId, { steps: {} }, keys);
          return hasRows(await statements.recordResult.succeeded({ ...claim, sealedLink, emptyDraft }, eventDetails));
        }
        case 'refused':
          return hasRows(await statements.recordResult.refused({ ...claim, outcome: result.outcome }, eventDetails));
        case 'received': {
          const leaseUntil = result.busyUntil?.toISOString() ?? null;
          return hasRows(await statements.recordResult.received({ ...claim, leaseUntil }, eventDetails));
        }
        case 'ambiguous':
        case 'parked':
          return hasRows(await statements.recordResult[result.state](claim, eventDetails));
      }
    },

    /**
     * Whether another draft may have called for the same person since the look before this submission's first call: who
     * is found at the upstream could then be that call's. A lease more, for clocks that differ.
     */
    async hasCompetingSubmission({
      draftId,
      phoneHash,
      createdAt,
    }: Pick<AmbiguousSubmission, 'draftId' | 'phoneHash' | 'createdAt'>) {
      const since = new Date(createdAt.getTime() - times.leaseMs).toISOString();
      return hasRows(await statements.competingSubmissions.execute({ draftId, phoneHash, since }));
    },

    /** A look has proved that nothing had arrived: the submission counts as never sent. */
    async recordNotSent({ id, draftId, fence }: Claim, eventDetails: EventDetails): Promise<boolean> {
      return hasRows(await statements.recordNotSent({ id, draftId, fence }, eventDetails));
    },

    /**
     * A look that settled nothing. The next one is due at `again`; `counts` when it found nobody. The count is written, not added
     * to, so that the statement changes nothing more when it arrives twice.
     */
    async scheduleRecheck(
      { id, draftId, fence, looks }: Claim & Pick<AmbiguousSubmission, 'looks'>,
      nextCheckAt: Date,
      isAbsent: boolean,
      eventDetails: EventDetails,
    ): Promise<void> {
      const count = looks + (isAbsent ? 1 : 0);
      await statements.scheduleRecheck(
        { id, draftId, fence, again: nextCheckAt.toISOString(), looks: count },
        eventDetails,
      );
    },

    /**
     * Finds calls whose process was lost: their fate is unknown from now on.
     *
     * @param isOnlyProcess also those whose lease still runs: right after the start of the only process there is
     */
    async recordLostCalls(isOnlyProcess: boolean): Promise<number> {
      const lostRows = await (isOnlyProcess ? statements.findAllLostCalls : statements.findLostCalls).execute({
        at: getNowIso(),
      });
      let recoveredCount = 0;
      for (let first = 0; first < lostRows.length; first += MAX_PARALLEL_TRANSITIONS) {
        const rows = lostRows.slice(first, first + MAX_PARALLEL_TRANSITIONS);
        const eventDetails = { actor: 'reconciler', cause: 'process lost' } as const;
        recoveredCount += (await Promise.all(rows.map((row) => statements.recordLostCall(row, eventDetails)))).flat()
          .length;
      }
      return recoveredCount;
    },

    /** Takes submissions of unknown fate that are due for a look, each for one worker. */
    async claimDue(limit: number): Promise<AmbiguousSubmission[]> {
      const dueRows = await statements.findDue.execute({ limit, at: getNowIso() });
      const claims = (
        await Promise.all(dueRows.map((row) => statements.claimDue(row, { actor: 'reconciler' })))
      ).flat();
      if (claims.length === 0) return [];
      const isDraft = inArray(
        submissions.draftId,
        claims.map(({ draftId }) => draftId),
      );
      const isTaken = inArray(
        submissions.id,
        claims.map(({ id }) => id),
      );
      const rows = await database.select().from(submissions).where(and(isDraft, isTaken));
      return rows.map(
        ({ id, attempt, draftId, phoneHash, sealedPayload, precheck, ambiguousSince, looks, reconciled, ...row }) => ({
          ...{ id, attempt, draftId, phoneHash, looks, reconciled, createdAt: row.createdAt },
          fence: claims.find((claim) => claim.id === id)?.fence ?? row.fence,
          request: sealedPayload ? decryptJson<SessionLinkRequest>('payload', id, sealedPayload, keys) : undefined,
          precheck: precheck ?? 'unknown',
          ambiguousSince: ambiguousSince ?? row.updatedAt,
          sendDeadline: row.sendableUntil ?? undefined,
        }),
      );
    },

    findLatest,

    /** Forgets links that nobody came back for. */
    async removeExpiredLinks(): Promise<void> {
      await statements.removeExpiredLinks.execute({ at: getNowIso() });
    },
  };
}
