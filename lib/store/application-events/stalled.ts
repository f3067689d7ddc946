import { and, asc, eq, gt, inArray, isNull, lt, lte, ne, not, notExists, or, sql } from 'drizzle-orm';
import { DAY_MS, HOUR_MS } from '../../domain/time.ts';
import { CORRECTABLE_OUTCOMES } from '../../domain/upstream-responses/catalogue.ts';
import { DRAFT_DAYS, type DraftContent } from '../drafts.ts';
import { decryptJson } from '../encrypted-values.ts';
import type { RepositoryContext } from '../repository-context.ts';
import { applications, cases, drafts, submissions } from '../schema.ts';
import { toParam, toTimestampParam } from '../statement-params.ts';
import { hashToken } from '../token.ts';
import { computeResumeToken } from './build-event.ts';
import type { ApplicationSecrets } from './start.ts';
import { buildEventWrite, type EventSubscription } from './write-event.ts';

type StalledContext = RepositoryContext & { subscriptions: readonly EventSubscription[] };

/** A draft that its customer has left. */
export type IdleApplication = {
  id: string;
  /** The end of the draft, which names the idle period: each save moves it. */
  expiresAt: Date;
  stalls: number;
  /** Undefined when it cannot be decrypted. */
  content: DraftContent | undefined;
};

/** A part of the drafts that their customers have left, in the order in which the drafts end. */
export type IdleBatch = {
  applications: IdleApplication[];
  /** The end of the last draft that was read, after which the next batch begins; undefined in the last batch. */
  last: Date | undefined;
};

/** How long a link continues an application, in milliseconds. The draft may end sooner. */
const LINK_MS = 48 * HOUR_MS;
/** Wrong answers after which a link is void. */
const MAX_TRIES = 5;
/** The customer can do nothing more: the app is sending the submission, it has a link, or its refusal is final. */
const IS_CLOSED_TO_CUSTOMER = or(
  inArray(submissions.state, ['sending', 'succeeded', 'ambiguous', 'reconciling', 'parked']),
  and(
    eq(submissions.state, 'refused'),
    or(isNull(submissions.outcome), not(inArray(submissions.outcome, [...CORRECTABLE_OUTCOMES]))),
  ),
);

export type StalledApplications = ReturnType<typeof createStalledApplications>;

/** Creates the repository of applications whose customers have left, and of the links that continue them. */
export function createStalledApplications(context: StalledContext) {
  const { keys, now } = context;
  const findBatchEnd = prepareFindBatchEnd(context);
  const findIdle = prepareFindIdle(context);
  const report = prepareReport(context);
  const getNow = () => now().toISOString();
  return {
    ...createLinkStatements(context),

    /**
     * Finds drafts that were not saved for `idleMs` and were not reported since their last save. Each draft that was reported or sent
     * stays for days, so a batch counts the drafts that it reads, not those that it finds.
     *
     * @param limit drafts that are read, and a few more if several end at the same time
     * @param from the `last` of the previous batch
     */
    async findIdle(idleMs: number, limit: number, from?: Date): Promise<IdleBatch> {
      const savedBefore = new Date(now().getTime() - idleMs + DRAFT_DAYS * DAY_MS).toISOString();
      const after = new Date(Math.max(now().getTime(), from?.getTime() ?? 0)).toISOString();
      const [batchEnd] = await findBatchEnd.execute({ savedBefore, after, offset: limit - 1 });
      const until = batchEnd?.expiresAt.toISOString() ?? savedBefore;
      const rows = await findIdle.execute({ savedBefore, after, until });
      const applications = rows.map(({ sealed, ...row }) => ({
        ...row,
        content: decryptJson<DraftContent>('draft', row.id, sealed, keys),
      }));
      return { applications, last: batchEnd?.expiresAt };
    },

    /**
     * Reports a draft as stalled, once for an idle period.
     *
     * @param hasLink the event gets a link that continues the draft
     * @returns false when another process reported it, the customer has come back or submitted, or an agent has the application
     */
    async report({ id, expiresAt, stalls }: IdleApplication, hasLink: boolean): Promise<boolean> {
      const linkUntil = new Date(Math.min(now().getTime() + LINK_MS, expiresAt.getTime())).toISOString();
      const rows = await report.execute({
        id,
        stalls,
        period: expiresAt.toISOString(),
        resumeHash: hasLink ? hashToken(computeResumeToken(id, stalls + 1, keys)) : null,
        linkUntil: hasLink ? linkUntil : null,
        at: getNow(),
      });
      return rows.length > 0;
    },
  };
}

function createLinkStatements({ database, keys, now }: StalledContext) {
  const countTry = prepareCountTry(database);
  return {
    /**
     * Finds the application of a link that works: unused, in time, its draft neither continued nor submitted since.
     *
     * @returns its id
     */
    async findOpenLink(token: string): Promise<string | undefined> {
      const isOpen = buildOpenLink(database, token, now());
      const [row] = await database.select({ id: applications.id }).from(applications).where(isOpen);
      return row?.id;
    },

    /** Counts a try to open a link, of five. @returns the draft's token; undefined when the link does not work */
    async countTry(token: string): Promise<string | undefined> {
      const [row] = await countTry(token, now());
      return row && decryptJson<ApplicationSecrets>('application', row.id, row.sealed, keys)?.token;
    },

    /** Uses a link up. @returns whether this call did */
    async consumeLink(token: string): Promise<boolean> {
      const resumeHash = hashToken(token);
      const rows = await database
        .update(applications)
        .set({ resumeHash: null, resumeUntil: null })
        .where(eq(applications.resumeHash, resumeHash))
        .returning({ id: applications.id });
      return rows.length > 0;
    },
  };
}

type Database = StalledContext['database'];

/** The draft is still in the idle period for which the link was made. */
function buildOpenLink(database: Database, token: string, now: Date) {
  const idleDraft = database
    .select({ id: drafts.id })
    .from(drafts)
    .where(
      and(eq(drafts.id, applications.id), eq(drafts.expiresAt, applications.stalledFor), gt(drafts.expiresAt, now)),
    );
  return and(
    eq(applications.resumeHash, hashToken(token)),
    gt(applications.resumeUntil, now),
    lt(applications.resumeTries, MAX_TRIES),
    inArray(applications.id, idleDraft),
    buildIsFree(database),
  );
}

/** The customer can continue the application, and no agent has it in an open case. */
function buildIsFree(database: Database) {
  const closingSubmission = database
    .select({ id: submissions.id })
    .from(submissions)
    .where(and(eq(submissions.draftId, applications.id), IS_CLOSED_TO_CUSTOMER));
  const openCase = database
    .select({ id: cases.id })
    .from(cases)
    .where(and(eq(cases.draftId, applications.id), eq(cases.state, 'open')));
  return and(notExists(closingSubmission), notExists(openCase));
}

const prepareCountTry = (database: Database) => (token: string, now: Date) =>
  database
    .update(applications)
    .set({ resumeTries: sql`${applications.resumeTries} + 1` })
    .where(buildOpenLink(database, token, now))
    .returning({ id: applications.id, sealed: applications.sealed });

/** Drafts whose end is in a part of the index. */
const IS_IDLE = and(
  lt(drafts.expiresAt, toTimestampParam('savedBefore')),
  gt(drafts.expiresAt, toTimestampParam('after')),
);

const prepareFindBatchEnd = ({ database }: StalledContext) =>
  database
    .select({ expiresAt: drafts.expiresAt })
    .from(drafts)
    .where(IS_IDLE)
    .orderBy(asc(drafts.expiresAt))
    .limit(1)
    .offset(sql.placeholder('offset'))
    .prepare('find_idle_batch_end');

function prepareFindIdle({ database }: StalledContext) {
  const isUnreported = or(isNull(applications.stalledFor), ne(applications.stalledFor, drafts.expiresAt));
  const batchIds = database
    .select({ id: drafts.id })
    .from(drafts)
    .where(and(IS_IDLE, lte(drafts.expiresAt, toTimestampParam('until'))));
  // As an array: Postgres plans a join by the key as a scan of all applications (125 ms in place of 9, for 300,000 of them).
  const isInBatch = sql`${applications.id} = any(array(${batchIds}))`;
  return database
    .select({
      id: applications.id,
      expiresAt: drafts.expiresAt,
      stalls: applications.stalls,
      sealed: drafts.sealed,
    })
    .from(drafts)
    .innerJoin(applications, eq(applications.id, drafts.id))
    .where(and(isInBatch, isUnreported, buildIsFree(database)))
    .orderBy(asc(drafts.expiresAt))
    .prepare('find_idle');
}

function prepareReport({ database, subscriptions }: StalledContext) {
  const idleDraft = database
    .select({ id: drafts.id })
    .from(drafts)
    .where(and(eq(drafts.id, toParam('id')), eq(drafts.expiresAt, toTimestampParam('period'))));
  const { id, stalls, resumeUntil } = applications;
  const stalled = database.$with('stalled', { id, stalls, resumeUntil }).as(
    database
      .update(applications)
      .set({
        stalledFor: toTimestampParam('period'),
        stalls: sql`${stalls} + 1`,
        resumeHash: toParam<string | null>('resumeHash'),
        resumeUntil: toTimestampParam('linkUntil'),
        resumeTries: 0,
      })
      // The customer may have submitted since the draft was found. Only a submission that commits at this moment is not seen.
      .where(and(eq(id, toParam('id')), eq(stalls, toParam('stalls')), inArray(id, idleDraft), buildIsFree(database)))
      .returning({ id, stalls, resumeUntil })
      .getSQL(),
  );
  const event = buildEventWrite(database, subscriptions, {
    rows: stalled,
    draftId: stalled.id,
    subject: stalled.id,
    sequence: stalled.stalls,
    type: 'application.stalled',
    stall: stalled.stalls,
    linkUntil: stalled.resumeUntil,
  });
  return database
    .with(stalled, ...event)
    .select({ id: stalled.id })
    .from(stalled)
    .prepare('report_stalled');
}
