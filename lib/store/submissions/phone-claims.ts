import { and, eq, type SQL, sql } from 'drizzle-orm';
import { claims } from '../schema.ts';
import { getTimeAfter } from '../statement-params.ts';
import type { LedgerTimes } from './context.ts';
import type { AdditionalChange, ChangedSubmissions } from './transition.ts';

const isOwnClaim = ({ phoneHash, draftId }: ChangedSubmissions) =>
  and(eq(claims.hash, phoneHash), eq(claims.draftId, draftId));

/**
 * Claims the phone for the draft, or extends the draft's claim. When another draft has the phone, the primary key rejects the
 * whole statement.
 *
 * @param until the time from which another draft may claim the phone
 */
export const claimPhone =
  (until: SQL<Date>): AdditionalChange =>
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

/** Extends the draft's claim on the phone, if it has one. @param until the time from which another draft may claim it */
export const extendPhoneClaim =
  (until: SQL<Date>): AdditionalChange =>
  (database, changedRows) => [
    database
      .$with('kept', {})
      .as(sql`update ${claims} set until = ${until} from ${changedRows} where ${isOwnClaim(changedRows)}`),
  ];

/** Deletes the draft's claim on the phone, if it has one. */
export const releasePhone: AdditionalChange = (database, changedRows) => [
  database.$with('freed', {}).as(sql`delete from ${claims} using ${changedRows} where ${isOwnClaim(changedRows)}`),
];

/** Returns until when a submission keeps its phone after it has come to a state. */
export const getPhoneDeadlines = ({ leaseMs, holdMs }: LedgerTimes) => ({
  received: getTimeAfter(leaseMs),
  sending: getTimeAfter(leaseMs + holdMs),
  ambiguous: getTimeAfter(holdMs),
});
