import { and, eq, type SQL, sql } from 'drizzle-orm';
import type { WithSubquery } from 'drizzle-orm/subquery';
import type { SubmissionState } from '../domain/submission.ts';
import type { Database } from './database.ts';
import type { Moved } from './moved.ts';
import { claims } from './schema.ts';

/** Changes the claims on the phones of submissions, within the statement that changes the submissions. */
export type PhoneChange = (database: Database, moved: Moved) => WithSubquery[];

const isOwnClaim = ({ phoneHash, draftId }: Moved) => and(eq(claims.hash, phoneHash), eq(claims.draftId, draftId));

/**
 * Takes the phone for the draft, or keeps it. When another draft has it, the primary key refuses the whole statement.
 *
 * @param until another draft may take it from then on
 */
export const takePhone =
  (until: SQL<Date>): PhoneChange =>
  (database, moved) => {
    const kept = database
      .$with('kept', { hash: claims.hash })
      .as(sql`update ${claims} set until = ${until} from ${moved} where ${isOwnClaim(moved)} returning ${claims.hash}`);
    const taken = sql`insert into ${claims} (hash, draft_id, until)
      select ${moved.phoneHash}, ${moved.draftId}, ${until} from ${moved}
      where ${moved.phoneHash} not in (select hash from ${kept})`;
    return [kept, database.$with('taken', {}).as(taken)];
  };

/** Keeps the phone if the draft has it. @param until another draft may take it from then on */
export const keepPhone =
  (until: SQL<Date>): PhoneChange =>
  (database, moved) => [
    database.$with('kept', {}).as(sql`update ${claims} set until = ${until} from ${moved} where ${isOwnClaim(moved)}`),
  ];

/** Frees the phone if the draft has it. */
const freePhone: PhoneChange = (database, moved) => [
  database.$with('freed', {}).as(sql`delete from ${claims} using ${moved} where ${isOwnClaim(moved)}`),
];

/** What becomes of the phone when a submission comes to a state. Without an entry, its statement says it or nothing does. */
export const PHONE_CHANGES: Partial<Record<SubmissionState, PhoneChange>> = {
  succeeded: freePhone,
  refused: freePhone,
  expired: freePhone,
};
