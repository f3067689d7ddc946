import { and, desc, eq, gt, inArray, isNotNull, isNull, lt, ne, or, sql } from 'drizzle-orm';
import type { SessionLinkRequest } from '../domain/session-link-request.ts';
import { type Consent, holdsDraft, type Precheck, type SubmissionState } from '../domain/submission.ts';
import { keyedHash } from '../security/keyed-hash.ts';
import { type DataKey, seal, unseal } from '../security/sealed.ts';
import type { Database } from './database.ts';
import type { Draft } from './drafts.ts';
import { submissions } from './schema.ts';
import { type Claim, type Columns, type Note, STEP, transitions } from './transitions.ts';

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
  draftId: string;
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

export type LedgerTimes = {
  /** How long a claim protects its row, in milliseconds. Longer than any call may take. */
  lease: number;
  /** How long after it became ambiguous a submission is looked for. */
  firstLook: number;
};

/** Hours that a delivered link stays for the customer who comes back. How long it lives is not published. */
const LINK_HOURS = 24;

const linkLabel = (id: string) => `link:${id}`;
const payloadLabel = (id: string) => `payload:${id}`;

export type Ledger = ReturnType<typeof ledgerStore>;

/**
 * The submission ledger. Every function is one or two statements whose conditions decide who wins; none reads first
 * and writes on what it read, so any number of processes may share a Postgres.
 */
export function ledgerStore(
  database: Database,
  keys: readonly DataKey[],
  now: () => Date,
  { lease, firstLook }: LedgerTimes,
) {
  const { record, move, free, isDue } = transitions(database, now);
  const after = (ms: number) => new Date(now().getTime() + ms);

  const next = (column: typeof submissions.attempt | typeof submissions.looks) => sql`${column} + 1`;
  const fenced = ({ id, fence }: Claim) => and(eq(submissions.id, id), eq(submissions.fence, fence));

  function columnsOf(id: string, end: End): Columns {
    const done: Columns = { leaseUntil: null, sealedPayload: null };
    switch (end.state) {
      case 'succeeded':
        return end.link
          ? { ...done, sealedLink: seal(end.link, linkLabel(id), keys), linkExpiresAt: after(LINK_HOURS * 3_600_000) }
          : done;
      case 'refused':
        return { ...done, outcome: end.outcome };
      case 'received':
        return { leaseUntil: end.busyUntil ?? null };
      case 'ambiguous':
        return { leaseUntil: after(firstLook), ambiguousSince: now(), looks: 0 };
      case 'parked':
        return { leaseUntil: null };
    }
  }

  /** The newest submission of a draft. */
  async function latest(draftId: string): Promise<Submission | undefined> {
    const [found] = await database
      .select()
      .from(submissions)
      .where(and(eq(submissions.draftId, draftId), ne(submissions.state, 'expired')))
      .orderBy(desc(submissions.draftVersion))
      .limit(1);
    if (!found) return undefined;
    const { id, draftVersion, state, outcome, sealedLink, linkExpiresAt, leaseUntil } = found;
    const isFresh = linkExpiresAt === null || linkExpiresAt > now();
    return {
      ...{ id, draftVersion, state, outcome: outcome ?? undefined },
      link: sealedLink && isFresh ? unseal(sealedLink, linkLabel(id), keys) : undefined,
      isBusy: state === 'received' && leaseUntil !== null && leaseUntil > now(),
    };
  }

  /** Takes a received submission for sending, by a button that was pressed anew, unless somebody else just has. */
  async function begin(id: string, consent: Consent, busyFor: number): Promise<boolean> {
    const rows = await database
      .update(submissions)
      .set({ consent, leaseUntil: after(busyFor) })
      .where(and(eq(submissions.id, id), eq(submissions.state, 'received'), isDue()))
      .returning({ id: submissions.id });
    return rows.length > 0;
  }

  return {
    /**
     * Keeps a finished draft for sending. Rows that were never processed make way: an older version of the same draft,
     * and one of another draft for the same person that nobody has touched for a lease.
     *
     * @param busyFor milliseconds in which the caller means to send it; until then nobody else begins
     * @returns the draft's submission and whether it is the caller's to send; undefined when another draft is sending
     * the same person
     */
    async receive(
      { id: draftId, version: draftVersion }: Pick<Draft, 'id' | 'version'>,
      request: SessionLinkRequest,
      { consent, sendableUntil, busyFor }: { consent: Consent; sendableUntil: Date | undefined; busyFor: number },
    ): Promise<{ submission: Submission; isMine: boolean } | undefined> {
      const id = crypto.randomUUID();
      const phoneHash = keyedHash(request.phoneNumber, 'phone', keys);
      const emailHash = request.email === undefined ? null : keyedHash(request.email.toLowerCase(), 'email', keys);
      const at = now();
      const insert = async () => {
        const change = database
          .insert(submissions)
          .values({
            ...{ id, draftId, draftVersion, state: 'received', phoneHash, emailHash, consent, transitions: 1 },
            ...{ sealedPayload: seal(JSON.stringify(request), payloadLabel(id), keys) },
            ...{ sendableUntil: sendableUntil ?? null, leaseUntil: after(busyFor), createdAt: at, updatedAt: at },
          })
          .onConflictDoNothing()
          .returning(STEP);
        return (await record(change, { actor: 'customer' })).length > 0;
      };
      const fresh: Submission = {
        id,
        draftVersion,
        state: 'received',
        outcome: undefined,
        link: undefined,
        isBusy: true,
      };
      if (await insert()) return { submission: fresh, isMine: true };

      const samePerson = or(
        eq(submissions.phoneHash, phoneHash),
        emailHash ? eq(submissions.emailHash, emailHash) : undefined,
      );
      const older = and(eq(submissions.draftId, draftId), lt(submissions.draftVersion, draftVersion));
      const forgotten = and(samePerson, ne(submissions.draftId, draftId), lt(submissions.updatedAt, after(-lease)));
      const outdated = and(eq(submissions.state, 'received'), isDue(), or(older, forgotten));
      const gone = { sealedPayload: null, leaseUntil: null };
      await move(free(outdated, 10), 'expired', gone, { actor: 'customer', cause: 'newer answers' });
      if (await insert()) return { submission: fresh, isMine: true };

      const current = await latest(draftId);
      // Somebody is sending the same person from another draft, or a newer version of this one went first.
      if (!current || (current.draftVersion !== draftVersion && !holdsDraft(current.state))) return undefined;
      const isFree = current.state === 'received' && !current.isBusy;
      return { submission: current, isMine: isFree && (await begin(current.id, consent, busyFor)) };
    },

    /** Ends the time in which nobody else begins: what was received is not being sent after all. */
    async release(id: string): Promise<void> {
      await database
        .update(submissions)
        .set({ leaseUntil: null })
        .where(and(eq(submissions.id, id), eq(submissions.state, 'received')));
    },

    /** Claims the right to make one call. Committed when it resolves; undefined when somebody else was first. */
    async claim(id: string, precheck: Precheck, note: Note): Promise<Claim | undefined> {
      const [claim] = await move(
        and(
          eq(submissions.id, id),
          eq(submissions.state, 'received'),
          or(isNull(submissions.sendableUntil), gt(submissions.sendableUntil, now())),
        ),
        'sending',
        {
          precheck,
          attempt: next(submissions.attempt),
          fence: sql`${submissions.fence} + 1`,
          leaseUntil: after(lease),
        },
        note,
      );
      return claim;
    },

    /** Writes how the claimed call, or the look, ended. False when the claim is void: then nothing changes. */
    async finish(claim: Claim, end: End, note: Note): Promise<boolean> {
      const from = inArray(submissions.state, ['sending', 'reconciling']);
      const moved = await move(and(fenced(claim), from), end.state, columnsOf(claim.id, end), note);
      return moved.length > 0;
    },

    /** A look has proved that nothing had arrived: the submission counts as never sent. */
    async clear(claim: Claim, note: Note): Promise<boolean> {
      const columns = {
        leaseUntil: after(lease),
        ambiguousSince: null,
        reconciled: sql`${submissions.reconciled} + 1`,
      };
      return (
        (await move(and(fenced(claim), eq(submissions.state, 'reconciling')), 'received', columns, note)).length > 0
      );
    },

    /** A look that settled nothing. The next one is due at `again`; `counts` when it found nobody. */
    async lookAgain(claim: Claim, again: Date, counts: boolean, note: Note): Promise<void> {
      const columns = { leaseUntil: again, ...(counts && { looks: next(submissions.looks) }) };
      await move(and(fenced(claim), eq(submissions.state, 'reconciling')), 'reconciling', columns, note);
    },

    /**
     * Finds calls whose process was lost: their fate is unknown from now on.
     *
     * @param all also those whose lease still runs: right after the start of the only process there is
     */
    async recover(all: boolean): Promise<number> {
      const lost = and(eq(submissions.state, 'sending'), all ? undefined : isDue());
      const columns = { ...columnsOf('', { state: 'ambiguous' }), fence: sql`${submissions.fence} + 1` };
      const where = free(lost, 1_000);
      return (await move(where, 'ambiguous', columns, { actor: 'reconciler', cause: 'process lost' })).length;
    },

    /** Takes submissions of unknown fate that are due for a look, each for one worker. */
    async take(limit: number): Promise<Case[]> {
      const open = inArray(submissions.state, ['ambiguous', 'reconciling']);
      const columns = { fence: sql`${submissions.fence} + 1`, leaseUntil: after(lease) };
      const claims = await move(free(and(open, isDue()), limit), 'reconciling', columns, {
        actor: 'reconciler',
      });
      if (claims.length === 0) return [];
      const rows = await database
        .select()
        .from(submissions)
        .where(
          inArray(
            submissions.id,
            claims.map(({ id }) => id),
          ),
        );
      return rows.map(
        ({ id, attempt, draftId, sealedPayload, precheck, ambiguousSince, looks, reconciled, ...row }) => ({
          ...{ id, attempt, draftId, looks, reconciled },
          fence: claims.find((claim) => claim.id === id)?.fence ?? row.fence,
          request: sealedPayload
            ? (JSON.parse(unseal(sealedPayload, payloadLabel(id), keys)) as SessionLinkRequest)
            : undefined,
          precheck: precheck ?? 'unknown',
          ambiguousSince: ambiguousSince ?? row.updatedAt,
          sendableUntil: row.sendableUntil ?? undefined,
        }),
      );
    },

    latest,

    /** Forgets links that nobody came back for. */
    async forgetLinks(): Promise<void> {
      const old = and(isNotNull(submissions.sealedLink), lt(submissions.linkExpiresAt, now()));
      await database.update(submissions).set({ sealedLink: null }).where(free(old, 1_000));
    },
  };
}
