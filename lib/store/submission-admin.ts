import { and, asc, between, count, desc, eq, inArray, isNull, or } from 'drizzle-orm';
import type { Keys } from '../crypto/encryption.ts';
import type { ConsentRecord, SubmissionState } from '../domain/submission.ts';
import type { EventSubscription } from './application-events/write-event.ts';
import type { Database } from './database.ts';
import { decryptText, type EncryptedKind } from './encrypted-values.ts';
import { cases, submissionEvents, submissions } from './schema.ts';
import { type Decision, prepareResolutions } from './submissions/resolve.ts';
import { handleUniqueViolation } from './unique-violation.ts';

/** A submission for operators, without the customer's answers and without the link. */
export type SubmissionOverview = {
  id: string;
  state: SubmissionState;
  attempt: number;
  consent: ConsentRecord | null;
  createdAt: Date;
  updatedAt: Date;
};
/** A submission without a definite end. `unreadable` lists its values that no configured key decrypts. */
export type OpenSubmission = SubmissionOverview & { unreadable: readonly EncryptedKind[] };
export type HistoryEntry = { at: Date; state: SubmissionState; attempt: number; actor: string; cause: string | null };

/** `phone-held`: the customer could not send again, because a submission of another draft has the phone. */
export type Resolution = 'resolved' | 'not-parked' | 'phone-held';

/** Hexadecimal digits of a UUID (RFC 9562, section 4). Postgres also reads a UUID without hyphens. */
const UUID_DIGITS = 32;

const OVERVIEW_COLUMNS = {
  id: submissions.id,
  state: submissions.state,
  attempt: submissions.attempt,
  consent: submissions.consent,
  createdAt: submissions.createdAt,
  updatedAt: submissions.updatedAt,
};

/** The most rows that the list of open submissions has. */
export const LIST_ROWS = 100;

export type SubmissionAdmin = ReturnType<typeof createSubmissionAdmin>;

/** Creates the operators' queries and decisions on the ledger. */
export function createSubmissionAdmin(
  database: Database,
  keys: Keys,
  now: () => Date,
  subscriptions: readonly EventSubscription[] = [],
) {
  const resolutions = prepareResolutions({ database, now, subscriptions });
  return {
    ...createSubmissionQueries(database, keys),

    /** Applies an operator's decision to a submission that needs review. */
    async resolve(id: string, decision: Decision): Promise<Resolution> {
      const draftId = await findDraftId(database, id);
      if (draftId === undefined) return 'not-parked';
      const changedRows = await handleUniqueViolation(
        resolutions[decision]({ id, draftId }, { actor: 'operator', cause: decision }),
      );
      if (!changedRows) return 'phone-held';
      return changedRows.length > 0 ? 'resolved' : 'not-parked';
    },
  };
}

async function findDraftId(database: Database, id: string): Promise<string | undefined> {
  const [row] = await database.select({ draftId: submissions.draftId }).from(submissions).where(eq(submissions.id, id));
  return row?.draftId;
}

function createSubmissionQueries(database: Database, keys: Keys) {
  return {
    /** Returns the oldest `LIST_ROWS` submissions that need review or are being reconciled, readable or not. */
    list: (): Promise<OpenSubmission[]> => listOpenSubmissions(database, keys),

    /** Returns the number of submissions without a definite end for each such state, including 0. */
    async countOpenByState(): Promise<Map<SubmissionState, number>> {
      const openStates = ['sending', 'ambiguous', 'reconciling', 'parked'] as const;
      const rows = await database
        .select({ state: submissions.state, count: count() })
        .from(submissions)
        .where(inArray(submissions.state, openStates))
        .groupBy(submissions.state);
      return new Map(openStates.map((state) => [state, rows.find((row) => row.state === state)?.count ?? 0]));
    },

    /** Finds submissions whose id begins with the reference on the customer's page: a range of the primary key. */
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
      const draftId = await findDraftId(database, id);
      // Events of earlier versions have no draft.
      const isOwn = or(eq(submissionEvents.draftId, draftId ?? ''), isNull(submissionEvents.draftId));
      return database
        .select()
        .from(submissionEvents)
        .where(and(eq(submissionEvents.submissionId, id), isOwn))
        .orderBy(asc(submissionEvents.sequence));
    },
  };
}

async function listOpenSubmissions(database: Database, keys: Keys): Promise<OpenSubmission[]> {
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
}
