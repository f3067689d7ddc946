import { and, inArray } from 'drizzle-orm';
import type { Keys } from '../crypto/encryption.ts';
import { keyedHash } from '../crypto/keyed-hash.ts';
import type { SessionLinkRequest } from '../domain/session-link-request.ts';
import { type Consent, holdsDraft, type Precheck, type SubmissionState } from '../domain/submission.ts';
import type { Database } from './database.ts';
import { type Draft, sealedDraft } from './drafts.ts';
import { decryptJson, decryptText, encryptValue } from './encrypted-values.ts';
import { type LedgerTimes, ledgerStatements } from './ledger-statements.ts';
import { submissions } from './schema.ts';
import type { Claim, Note } from './transitions.ts';
import { unlessTaken } from './unique-violation.ts';

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
export type Case = Claim & {
  phoneHash: string | null;
  createdAt: Date;
  /** Undefined when there is none or when it cannot be decrypted: then a person decides. */
  request: SessionLinkRequest | undefined;
  precheck: Precheck;
  ambiguousSince: Date;
  looks: number;
  reconciled: number;
  sendableUntil: Date | undefined;
};

/** How a call, or a look, ended. */
export type End =
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
  consent: Consent;
  sendableUntil: Date | undefined;
};

/** What became of an intent. */
export type Received =
  | { kind: 'kept'; id: string; isMine: boolean }
  /** A submission of another draft has the phone, for about so many milliseconds. */
  | { kind: 'phone-held'; retryAfterMs: number }
  /** A newer version of the draft went first. */
  | { kind: 'outdated' };

/** Rows that are moved at the same time: fewer than the pool has connections. */
const MOVES_AT_ONCE = 8;
/** Milliseconds after which a customer whose phone is being sent from another draft may try again. */
const SENDING_WAIT_MS = 60_000;

export type Ledger = ReturnType<typeof ledgerStore>;

/**
 * The submission ledger. Every function is one or two statements whose conditions decide who wins; none reads first
 * and writes on what it read, so any number of processes may share a Postgres.
 */
export function ledgerStore(
  database: Database,
  keys: Keys,
  now: () => Date,
  times: LedgerTimes,
  createId: () => string = () => crypto.randomUUID(),
) {
  const statements = ledgerStatements(database, now, times);

  /** The newest submission of a draft. */
  async function latest(draftId: string): Promise<Submission | undefined> {
    const [found] = await statements.latest.execute({ draftId });
    if (!found) return undefined;
    const { id, draftVersion, state, outcome, sealedLink, linkExpiresAt, leaseUntil } = found;
    const isFresh = linkExpiresAt === null || linkExpiresAt > now();
    return {
      ...{ id, draftVersion, state, outcome: outcome ?? undefined },
      link: sealedLink && isFresh ? decryptText('link', id, sealedLink, keys) : undefined,
      isBusy: state === 'received' && leaseUntil !== null && leaseUntil > now(),
    };
  }

  const at = () => now().toISOString();
  const later = (ms: number) => new Date(now().getTime() + ms).toISOString();
  const moves = (rows: readonly unknown[]) => rows.length > 0;
  const newRow = ({ draft, request, consent, sendableUntil }: Intent) => {
    const id = createId();
    return {
      ...{ id, draftId: draft.id, draftVersion: draft.version, consent },
      phoneHash: keyedHash(request.phoneNumber, 'phone', keys),
      sealedPayload: encryptValue('payload', id, JSON.stringify(request), keys),
      sendableUntil: sendableUntil?.toISOString() ?? null,
    };
  };

  /** Why a row could not be kept beside those that are there. */
  async function findObstacle(intent: { draftId: string; phoneHash: string }): Promise<Received> {
    const [holder] = await statements.holder.execute(intent);
    if (!holder) return { kind: 'outdated' };
    const heldForMs = holder.until.getTime() - now().getTime();
    // Longer than a hold: its call is being made and will probably free the phone soon.
    const isSending = heldForMs > times.hold;
    return { kind: 'phone-held', retryAfterMs: isSending ? SENDING_WAIT_MS : Math.max(heldForMs, SENDING_WAIT_MS) };
  }

  return {
    /**
     * Keeps a finished draft and claims its first call with the same stroke, by a look that was made just before.
     * Undefined when anything is in its way: then nothing is kept, and `receive` says what it is.
     */
    async begin(intent: Intent, precheck: Precheck): Promise<Claim | undefined> {
      const row = { ...newRow(intent), precheck };
      return (await unlessTaken(statements.receiveClaimed(row, { actor: 'customer' })))?.[0];
    },

    /**
     * Keeps a finished draft for sending. Rows that were never processed make way: an older version of the same draft,
     * and one of another draft with the same phone that nobody has touched for a lease. A submission of unknown fate keeps
     * the phone for `hold` (docs/decisions/0108).
     *
     * @param busyFor milliseconds in which the caller means to send it; until then nobody else begins
     * @returns the id of the draft's submission and whether it is the caller's to send, or what is in its way
     */
    async receive(intent: Intent, busyFor: number): Promise<Received> {
      const row = newRow(intent);
      const { id, draftId, draftVersion, phoneHash, consent } = row;
      const insert = async () =>
        moves(
          (await unlessTaken(statements.receive({ ...row, leaseUntil: later(busyFor) }, { actor: 'customer' }))) ?? [],
        );
      if (await insert()) return { kind: 'kept', id, isMine: true };

      await statements.outdate({ draftId, draftVersion }, { actor: 'customer', cause: 'newer answers' });
      await statements.outdateOther({ draftId, phoneHash }, { actor: 'customer', cause: 'newer answers' });
      await statements.releasePhone.execute({ draftId, phoneHash, at: at() });
      await statements.releaseHold.execute({ draftId, phoneHash, at: at() });
      if (await insert()) return { kind: 'kept', id, isMine: true };

      const current = await latest(draftId);
      // An older version that is about to be sent again counts as well: its customer gets its outcome.
      const isSame =
        current?.draftVersion === draftVersion || current?.isBusy || (current && holdsDraft(current.state));
      if (!isSame) return findObstacle({ draftId, phoneHash });
      if (current.state !== 'received' || current.isBusy) return { kind: 'kept', id: current.id, isMine: false };
      // By a button that was pressed anew, unless another press came first.
      const renewed = { id: current.id, draftId, consent, leaseUntil: later(busyFor), at: at() };
      const rows = await unlessTaken(statements.renew.execute(renewed));
      return rows ? { kind: 'kept', id: current.id, isMine: moves(rows) } : findObstacle({ draftId, phoneHash });
    },

    /** Ends the time in which nobody else begins: what was received is not being sent after all. */
    async release({ id, draftId }: SubmissionKey): Promise<void> {
      await statements.release.execute({ id, draftId });
    },

    /**
     * Claims the right to make one call, and the phone with it. Committed when it resolves; undefined when another claim was
     * first or a submission of another draft has the phone.
     */
    async claim({ id, draftId }: SubmissionKey, precheck: Precheck, note: Note): Promise<Claim | undefined> {
      return (await unlessTaken(statements.claim({ id, draftId, precheck }, note)))?.[0];
    },

    /**
     * Writes how the claimed call, or the look, ended. What was typed is forgotten with the same stroke that keeps the link;
     * the draft's row stays, so that its cookie still leads to its end. False when the claim is void: then nothing changes.
     */
    async finish({ id, draftId, fence }: Claim, end: End, note: Note): Promise<boolean> {
      const claim = { id, draftId, fence };
      switch (end.state) {
        case 'succeeded': {
          const sealedLink = end.link === undefined ? null : encryptValue('link', id, end.link, keys);
          const emptyDraft = sealedDraft(draftId, { steps: {} }, keys);
          return moves(await statements.finish.succeeded({ ...claim, sealedLink, emptyDraft }, note));
        }
        case 'refused':
          return moves(await statements.finish.refused({ ...claim, outcome: end.outcome }, note));
        case 'received': {
          const leaseUntil = end.busyUntil?.toISOString() ?? null;
          return moves(await statements.finish.received({ ...claim, leaseUntil }, note));
        }
        case 'ambiguous':
        case 'parked':
          return moves(await statements.finish[end.state](claim, note));
      }
    },

    /**
     * Whether another draft may have called for the same person since the look before this submission's first call: who
     * is found at the upstream could then be that call's. A lease more, for clocks that differ.
     */
    async hasRival({ draftId, phoneHash, createdAt }: Pick<Case, 'draftId' | 'phoneHash' | 'createdAt'>) {
      const since = new Date(createdAt.getTime() - times.lease).toISOString();
      return moves(await statements.rivals.execute({ draftId, phoneHash, since }));
    },

    /** A look has proved that nothing had arrived: the submission counts as never sent. */
    async clear({ id, draftId, fence }: Claim, note: Note): Promise<boolean> {
      return moves(await statements.clear({ id, draftId, fence }, note));
    },

    /**
     * A look that settled nothing. The next one is due at `again`; `counts` when it found nobody. The count is written, not added
     * to, so that the statement changes nothing more when it arrives twice.
     */
    async lookAgain(
      { id, draftId, fence, looks }: Claim & Pick<Case, 'looks'>,
      again: Date,
      counts: boolean,
      note: Note,
    ): Promise<void> {
      const count = looks + (counts ? 1 : 0);
      await statements.lookAgain({ id, draftId, fence, again: again.toISOString(), looks: count }, note);
    },

    /**
     * Finds calls whose process was lost: their fate is unknown from now on.
     *
     * @param all also those whose lease still runs: right after the start of the only process there is
     */
    async recover(all: boolean): Promise<number> {
      const lost = await (all ? statements.findAllLost : statements.findLost).execute({ at: at() });
      let recovered = 0;
      for (let first = 0; first < lost.length; first += MOVES_AT_ONCE) {
        const rows = lost.slice(first, first + MOVES_AT_ONCE);
        const note = { actor: 'reconciler', cause: 'process lost' } as const;
        recovered += (await Promise.all(rows.map((row) => statements.recover(row, note)))).flat().length;
      }
      return recovered;
    },

    /** Takes submissions of unknown fate that are due for a look, each for one worker. */
    async take(limit: number): Promise<Case[]> {
      const due = await statements.findDue.execute({ limit, at: at() });
      const claims = (await Promise.all(due.map((row) => statements.take(row, { actor: 'reconciler' })))).flat();
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
          sendableUntil: row.sendableUntil ?? undefined,
        }),
      );
    },

    latest,

    /** Forgets links that nobody came back for. */
    async forgetLinks(): Promise<void> {
      await statements.forgetLinks.execute({ at: at() });
    },
  };
}
