import { and, asc, between, count, desc, eq, inArray, isNull, or } from 'drizzle-orm';
import type { Keys } from '../crypto/encryption.ts';
import type { Consent, SubmissionState } from '../domain/submission.ts';
import type { Database } from './database.ts';
import { decryptText, type EncryptedKind } from './encrypted-values.ts';
import { fromNow, IS_SUBMISSION } from './given.ts';
import { takePhone } from './phone-claims.ts';
import { cases, submissionEvents, submissions } from './schema.ts';
import { oneMore, transitions } from './transitions.ts';
import { unlessTaken } from './unique-violation.ts';

/** A submission as an operator sees it: nothing that a person typed, no link. */
export type Overview = {
  id: string;
  state: SubmissionState;
  attempt: number;
  consent: Consent | null;
  createdAt: Date;
  updatedAt: Date;
};
/** A submission without a definite end, with what of it no configured key decrypts; the console leaves out unreadable cases. */
export type OpenSubmission = Overview & { unreadable: readonly EncryptedKind[] };
export type StoryLine = { at: Date; state: SubmissionState; attempt: number; actor: string; cause: string | null };

/**
 * What a person may decide about a parked submission: the customer was helped some other way, cannot be served, or it
 * is certain that nothing had arrived and they may send again.
 */
export const DECISIONS = { delivered: 'succeeded', refused: 'refused', again: 'received' } as const;
export type Decision = keyof typeof DECISIONS;

/** `phone-held`: the customer could not send again, since a submission of another draft has the phone now. */
export type Resolution = 'resolved' | 'not-parked' | 'phone-held';

/** What may be sent again keeps its phone for so long, in milliseconds; the next press of its button takes it anew. */
const AGAIN_MS = 60_000;
/** Hexadecimal digits of a UUID (RFC 9562, section 4). Postgres reads it without hyphens, too. */
const UUID_DIGITS = 32;

const COLUMNS = {
  id: submissions.id,
  state: submissions.state,
  attempt: submissions.attempt,
  consent: submissions.consent,
  createdAt: submissions.createdAt,
  updatedAt: submissions.updatedAt,
};

/** Rows of the list of open submissions. */
export const LIST_ROWS = 100;

export type Operations = ReturnType<typeof operations>;

/** The operators' side of the ledger. */
export function operations(database: Database, keys: Keys, now: () => Date) {
  const { transition } = transitions(database, now);
  const isParked = and(IS_SUBMISSION, eq(submissions.state, 'parked'));
  const ended = { leaseUntil: null, fence: oneMore(submissions.fence) };
  const decided = {
    delivered: transition('delivered', DECISIONS.delivered, isParked, { ...ended, sealedPayload: null }),
    refused: transition('refused', DECISIONS.refused, isParked, { ...ended, sealedPayload: null, outcome: 'refused' }),
    again: transition(
      'again',
      DECISIONS.again,
      isParked,
      { ...ended, holdsPhone: true },
      { changePhone: takePhone(fromNow(AGAIN_MS)) },
    ),
  };
  async function findDraftId(id: string): Promise<string | undefined> {
    const [row] = await database
      .select({ draftId: submissions.draftId })
      .from(submissions)
      .where(eq(submissions.id, id));
    return row?.draftId;
  }

  return {
    /** The oldest `LIST_ROWS` submissions that wait for a person or are being found out, readable or not. */
    async list(): Promise<OpenSubmission[]> {
      const isOpen = inArray(submissions.state, ['parked', 'ambiguous', 'reconciling']);
      const { sealedPayload: payload, draftId } = submissions;
      const rows = await database
        .select({ overview: COLUMNS, draftId, payload })
        .from(submissions)
        .where(isOpen)
        .orderBy(asc(submissions.updatedAt))
        .limit(LIST_ROWS);
      const draftIds = rows.map((row) => row.draftId);
      const theirs = await database.select().from(cases).where(inArray(cases.draftId, draftIds));
      const isUnreadable = (kind: EncryptedKind, id: string, value: string | null) =>
        value !== null && decryptText(kind, id, value, keys) === undefined;
      return rows.map(({ overview, ...row }) => {
        const isCaseUnreadable = theirs.some(
          ({ id, draftId, sealed }) => draftId === row.draftId && isUnreadable('case', id, sealed),
        );
        const unreadable: EncryptedKind[] = isUnreadable('payload', overview.id, row.payload) ? ['payload'] : [];
        return { ...overview, unreadable: isCaseUnreadable ? [...unreadable, 'case'] : unreadable };
      });
    },

    /** How many submissions have no definite end, by state; every such state is there, with 0 too. */
    async openByState(): Promise<Map<SubmissionState, number>> {
      const open = ['sending', 'ambiguous', 'reconciling', 'parked'] as const;
      const rows = await database
        .select({ state: submissions.state, count: count() })
        .from(submissions)
        .where(inArray(submissions.state, open))
        .groupBy(submissions.state);
      return new Map(open.map((state) => [state, rows.find((row) => row.state === state)?.count ?? 0]));
    },

    /** Submissions whose id begins with the reference that the customer was shown: a range of the primary key. */
    async find(reference: string): Promise<Overview[]> {
      const digits = reference
        .toLowerCase()
        .replace(/[^0-9a-f]/g, '')
        .slice(0, UUID_DIGITS);
      if (digits === '') return [];
      const isIt = between(submissions.id, digits.padEnd(UUID_DIGITS, '0'), digits.padEnd(UUID_DIGITS, 'f'));
      return database.select(COLUMNS).from(submissions).where(isIt).orderBy(desc(submissions.createdAt)).limit(5);
    },

    async story(id: string): Promise<StoryLine[]> {
      const draftId = await findDraftId(id);
      // Events of the version before have no draft.
      const isOwn = or(eq(submissionEvents.draftId, draftId ?? ''), isNull(submissionEvents.draftId));
      return database
        .select()
        .from(submissionEvents)
        .where(and(eq(submissionEvents.submissionId, id), isOwn))
        .orderBy(asc(submissionEvents.sequence));
    },

    /** Ends a parked submission as an operator decided. */
    async resolve(id: string, decision: Decision): Promise<Resolution> {
      const draftId = await findDraftId(id);
      if (draftId === undefined) return 'not-parked';
      const moved = await unlessTaken(decided[decision]({ id, draftId }, { actor: 'operator', cause: decision }));
      if (!moved) return 'phone-held';
      return moved.length > 0 ? 'resolved' : 'not-parked';
    },
  };
}
