import { and, eq, type SQL, sql } from 'drizzle-orm';
import type { WithSubquery } from 'drizzle-orm/subquery';
import type { SubmissionState } from '../domain/submission.ts';
import type { ChangedSubmissions } from './changed-submissions.ts';
import type { Database } from './database.ts';
import { claims } from './schema.ts';

/** Changes the claims on the phones of submissions, within the statement that changes the submissions. */
export type PhoneChange = (database: Database, changedRows: ChangedSubmissions) => WithSubquery[];

const isOwnClaim = ({ phoneHash, draftId }: ChangedSubmissions) =>
  and(eq(claims.hash, phoneHash), eq(claims.draftId, draftId));

/**
 * Takes the phone for the draft, or keeps it. When another draft has it, the primary key refuses the whole statement.
 *
 * @param until another draft may take it from then on
 */
export const claimPhone =
  (until: SQL<Date>): PhoneChange =>
  (database, changedRows) => {
    const extendedClaim = database
      .$with('kept', { hash: claims.hash })
      .as(
        sql`update ${claims} set until = ${until} from ${changedRows} where ${isOwnClaim(changedRows)} returning ${claims.hash}`,
      );
    const newClaim = sql`insert into ${claims} (hash, draft_id, until)
      select ${changedRows.phoneHash}, ${changedRows.draftId}, ${until} from ${changedRows}
      where ${changedRows.phoneHash} not in (select hash from ${extendedClaim})`;
    return [extendedClaim, database.$with('taken', {}).as(newClaim)];
  };

/** Keeps the phone if the draft has it. @param until another draft may take it from then on */
export const extendPhoneClaim =
  (until: SQL<Date>): PhoneChange =>
  (database, changedRows) => [
    database
      .$with('kept', {})
      .as(sql`update ${claims} set until = ${until} from ${changedRows} where ${isOwnClaim(changedRows)}`),
  ];

/** Frees the phone if the draft has it. */
const releasePhone: PhoneChange = (database, changedRows) => [
  database.$with('freed', {}).as(sql`delete from ${claims} using ${changedRows} where ${isOwnClaim(changedRows)}`),
];

/** What becomes of the phone when a submission comes to a state. Without an entry, its statement says it or nothing does. */
export const PHONE_CHANGES: Partial<Record<SubmissionState, PhoneChange>> = {
  succeeded: releasePhone,
  refused: releasePhone,
  expired: releasePhone,
};
