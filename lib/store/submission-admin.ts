import { and, asc, between, count, desc, eq, inArray, isNull, or } from 'drizzle-orm';
import type { Keys } from '../crypto/encryption.ts';
import type { ConsentRecord, SubmissionState } from '../domain/submission.ts';
import type { Database } from './database.ts';
import { decryptText, type EncryptedKind } from './encrypted-values.ts';
import { claimPhone } from './phone-claims.ts';
import { cases, submissionEvents, submissions } from './schema.ts';
import { fromNow, IS_SUBMISSION } from './statement-params.ts';
import { buildIncrement, createTransitions } from './transitions.ts';
import { handleUniqueViolation } from './unique-violation.ts';

/** A submission as an operator sees it: nothing that a person typed, no link. */
export type SubmissionOverview = {
  id: string;
  state: SubmissionState;
  attempt: number;
  consent: ConsentRecord | null;
  createdAt: Date;
  updatedAt: Date;
};
/** A submission without a definite end, with what of it no configured key decrypts; the console leaves out unreadable cases. */
export type OpenSubmission = SubmissionOverview & { unreadable: readonly EncryptedKind[] };
export type HistoryEntry = { at: Date; state: SubmissionState; attempt: number; actor: string; cause: string | null };

/**
 * What a person may decide about a parked submission: the customer was helped some other way, cannot be served, or it
 * is certain that nothing had arrived and they may send again.
 */
export const DECISIONS = { delivered: 'succeeded', refused: 'refused', again: 'received' } as const;
export type Decision = keyof typeof DECISIONS;

/** `phone-held`: the customer could not send again, since a submission of another draft has the phone now. */
export type Resolution = 'resolved' | 'not-parked' | 'phone-held';

/** What may be sent again keeps its phone for so long, in milliseconds; the next press of its button takes it anew. */
const RESEND_HOLD_MS = 60_000;
/** Hexadecimal digits of a UUID (RFC 9562, section 4). Postgres reads it without hyphens, too. */
const UUID_DIGITS = 32;

const OVERVIEW_COLUMNS = {
  id: submissions.id,
  state: submissions.state,
  attempt: submissions.attempt,
  consent: submissions.consent,
  createdAt: submissions.createdAt,
  updatedAt: submissions.updatedAt,
};

/** Rows of the list of open submissions. */
export const LIST_ROWS = 100;

export type SubmissionAdmin = ReturnType<typeof createSubmissionAdmin>;

/** The operators' side of the ledger. */
export function createSubmissionAdmin(database: Database, keys: Keys, now: () => Date) {
  const { buildTransition } = createTransitions(database, now);
  const isAwaitingReview = and(IS_SUBMISSION, eq(submissions.state, 'parked'));
  const endColumns = { leaseUntil: null, fence: buildIncrement(submissions.fence) };
  const decisionTransitions = {
    delivered: buildTransition('delivered', DECISIONS.delivered, isAwaitingReview, {
      ...endColumns,
      sealedPayload: null,
    }),
    refused: buildTransition('refused', DECISIONS.refused, isAwaitingReview, {
      ...endColumns,
      sealedPayload: null,
      outcome: 'refused',
    }),
    again: buildTransition(
      'again',
      DECISIONS.again,
      isAwaitingReview,
      { ...endColumns, holdsPhone: true },
      { changePhone: claimPhone(fromNow(RESEND_HOLD_MS)) },
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
        .select({ overview: OVERVIEW_COLUMNS, draftId, payload })
        .from(submissions)
        .where(isOpen)
        .orderBy(asc(submissions.updatedAt))
        .limit(LIST_ROWS);
      const draftIds = rows.map((row) => row.draftId);
      const draftCases = await database.select().from(cases).where(inArray(cases.draftId, draftIds));
      const isUnreadable = (kind: EncryptedKind, id: string, value: string | null) =>
        value !== null && decryptText(kind, id, value, keys) === undefined;
      return rows.map(({ overview, ...row }) => {
        const isCaseUnreadable = draftCases.some(
          ({ id, draftId, sealed }) => draftId === row.draftId && isUnreadable('case', id, sealed),
        );
        const unreadable: EncryptedKind[] = isUnreadable('payload', overview.id, row.payload) ? ['payload'] : [];
        return { ...overview, unreadable: isCaseUnreadable ? [...unreadable, 'case'] : unreadable };
      });
    },

    /** How many submissions have no definite end, by state; every such state is there, with 0 too. */
    async countOpenByState(): Promise<Map<SubmissionState, number>> {
      const openStates = ['sending', 'ambiguous', 'reconciling', 'parked'] as const;
      const rows = await database
        .select({ state: submissions.state, count: count() })
        .from(submissions)
        .where(inArray(submissions.state, openStates))
        .groupBy(submissions.state);
      return new Map(openStates.map((state) => [state, rows.find((row) => row.state === state)?.count ?? 0]));
    },

    /** Submissions whose id begins with the reference that the customer was shown: a range of the primary key. */
    async find(reference: string): Promise<SubmissionOverview[]> {
      const digits = reference
        .toLowerCase()
        .replace(/[^0-9a-f]/g, '')
        .slice(0, UUID_DIGITS);
      if (digits === '') return [];
      const isMatch = between(submissions.id, digits.padEnd(UUID_DIGITS, '0'), digits.padEnd(UUID_DIGITS, 'f'));
      return database
        .select(OVERVIEW_COLUMNS)
        .from(submissions)
        .where(isMatch)
        .orderBy(desc(submissions.createdAt))
        .limit(5);
    },

    async listHistory(id: string): Promise<HistoryEntry[]> {
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
      const changedRows = await handleUniqueViolation(
        decisionTransitions[decision]({ id, draftId }, { actor: 'operator', cause: decision }),
      );
      if (!changedRows) return 'phone-held';
      return changedRows.length > 0 ? 'resolved' : 'not-parked';
    },
  };
}
