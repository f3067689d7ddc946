import { sql } from 'drizzle-orm';
import {
  bigserial,
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import type { AuditEntry } from '../domain/assist/audit.ts';
import { AGENT_ROLES } from '../domain/assist/permissions.ts';
import { JOURNEY_EVENT_KINDS } from '../domain/statistics/journey-events.ts';
import { type ConsentRecord, SUBMISSION_STATES } from '../domain/submission.ts';

const buildTimestamp = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });

/** Answers on their way. `id` is the hash of the cookie's token: reading this table opens nobody's draft. */
export const drafts = pgTable(
  'drafts',
  {
    id: text('id').primaryKey(),
    /** Grows with every save; a save names the version that it read. */
    version: integer('version').notNull(),
    sealed: text('sealed').notNull(),
    createdAt: buildTimestamp('created_at').notNull(),
    expiresAt: buildTimestamp('expires_at').notNull(),
  },
  (table) => [index('drafts_expires_at').on(table.expiresAt)],
);

/**
 * The ledger: one row per finished draft that we set out to send, committed before the first byte leaves. It outlives
 * the draft. All arbitration between clicks, tabs, instances and the reconciler is in these indexes and in conditional
 * updates on `state` and `fence`.
 */
export const submissions = pgTable(
  'submissions',
  {
    id: uuid('id').primaryKey(),
    draftId: text('draft_id').notNull(),
    /** The version of the draft that is sent: with `draftId` the key that makes a repeat the same submission. */
    draftVersion: integer('draft_version').notNull(),
    state: text('state', { enum: SUBMISSION_STATES }).notNull(),
    /** Keyed hashes: they find the same person again and tell nobody who it is. */
    phoneHash: text('phone_hash'),
    emailHash: text('email_hash'),
    /** What the customer agreed to. Rows from before 0002 have none. */
    consent: jsonb('consent').$type<ConsentRecord>(),
    /** The body to send, until there is a definite answer. */
    sealedPayload: text('sealed_payload'),
    /** After this the body must not be sent any more: a card's security code does not live for ever. */
    sendableUntil: buildTimestamp('sendable_until'),
    /** For instances of the version before `claims`: whether `submissions_phone_held` has the row. */
    holdsPhone: boolean('holds_phone').notNull().default(true),
    /** What the upstream knew of the phone just before the last claim. */
    precheck: text('precheck', { enum: ['absent', 'present', 'unknown'] }),
    /** Claims so far. No more calls than this have been made. */
    attempt: integer('attempt').notNull().default(0),
    /** Grows with every claim and take-over; a write that names an older one changes nothing. */
    fence: integer('fence').notNull().default(0),
    /** Nobody but its owner touches the row before this. Of an ambiguous row: when to look first. */
    leaseUntil: buildTimestamp('lease_until'),
    ambiguousSince: buildTimestamp('ambiguous_since'),
    /** Looks that found nobody, since it became ambiguous. */
    looks: integer('looks').notNull().default(0),
    /** Times that looking proved that nothing had arrived. */
    reconciled: integer('reconciled').notNull().default(0),
    /** Of a refusal: its owner in the outcome catalogue. */
    outcome: text('outcome'),
    sealedLink: text('sealed_link'),
    linkExpiresAt: buildTimestamp('link_expires_at'),
    /** Transitions so far, each with its row in `submission_events`. */
    transitions: integer('transitions').notNull().default(0),
    createdAt: buildTimestamp('created_at').notNull(),
    updatedAt: buildTimestamp('updated_at').notNull(),
  },
  (table) => [
    // A double click, a second tab, a second instance: one live call per draft, ever.
    uniqueIndex('submissions_one_live')
      .on(table.draftId)
      .where(sql`state in ('received', 'sending', 'succeeded', 'ambiguous', 'reconciling', 'parked', 'unknown')`),
    // The same answers make one submission. (`not-sent` rows are from before 0001.)
    uniqueIndex('submissions_one_per_version')
      .on(table.draftId, table.draftVersion)
      .where(sql`${table.state} <> 'not-sent'`),
    // Keeps instances of the version before `claims` apart from this one, until `npm run migrate -- --contract`.
    uniqueIndex('submissions_phone_held')
      .on(table.phoneHash)
      .where(sql`holds_phone and state in ('received', 'sending', 'ambiguous', 'reconciling', 'parked', 'unknown')`),
    index('submissions_draft').on(table.draftId, table.createdAt),
    // Who else has called for the same person: asked of the few submissions whose fate was unknown.
    index('submissions_phone').on(table.phoneHash),
    // What has no end yet, and the links to forget: small whatever the ledger holds.
    index('submissions_open')
      .on(table.leaseUntil)
      .where(sql`state in ('received', 'sending', 'ambiguous', 'reconciling', 'parked')`),
    index('submissions_parked').on(table.updatedAt).where(sql`state = 'parked'`),
    index('submissions_links').on(table.linkExpiresAt).where(sql`sealed_link is not null`),
    // What retention has to end or to empty.
    index('submissions_payloads').on(table.updatedAt).where(sql`sealed_payload is not null`),
    index('submissions_hashes').on(table.createdAt).where(sql`phone_hash is not null or email_hash is not null`),
  ],
);

/** Which draft may be sent for a phone: one at a time, whatever device it comes from (docs/decisions/0108 and 0126). */
export const claims = pgTable(
  'claims',
  {
    /** Keyed, of the phone. */
    hash: text('hash').primaryKey(),
    draftId: text('draft_id').notNull(),
    /** From then on another draft may take it. */
    until: buildTimestamp('until').notNull(),
  },
  (table) => [index('claims_until').on(table.until)],
);

/** Partner links that were used: each one starts one journey. The id is the hash of the link's own. */
export const usedLinks = pgTable(
  'used_links',
  { id: text('id').primaryKey(), expiresAt: buildTimestamp('expires_at').notNull() },
  (table) => [index('used_links_expires_at').on(table.expiresAt)],
);

/** What happened to each submission, one row per transition, never changed. No personal data. */
export const submissionEvents = pgTable(
  'submission_events',
  {
    submissionId: uuid('submission_id').notNull(),
    /** The submission's. Rows of the version before have none until `npm run migrate -- --contract`. */
    draftId: text('draft_id'),
    sequence: integer('sequence').notNull(),
    state: text('state', { enum: SUBMISSION_STATES }).notNull(),
    attempt: integer('attempt').notNull(),
    fence: integer('fence').notNull(),
    actor: text('actor', { enum: ['customer', 'reconciler', 'operator'] }).notNull(),
    /** A short reason for operators, such as `HTTP 500` or `ECONNRESET`. */
    cause: text('cause'),
    at: buildTimestamp('at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.submissionId, table.sequence] })],
);

/** Agents who are signed in. `id` is the hash of the cookie's token: reading this table signs nobody in. */
export const agentSessions = pgTable(
  'agent_sessions',
  {
    id: text('id').primaryKey(),
    subject: text('subject').notNull(),
    name: text('name').notNull(),
    role: text('role', { enum: AGENT_ROLES }).notNull(),
    shop: text('shop').notNull(),
    /** Others use the device too: it is signed out sooner. */
    isShared: boolean('is_shared').notNull(),
    /** Earlier versions kept the encrypted ID token here. The column stays for them during an update. */
    unusedIdToken: text('sealed_id_token')
      .notNull()
      .$default(() => ''),
    createdAt: buildTimestamp('created_at').notNull(),
    seenAt: buildTimestamp('seen_at').notNull(),
    /** Nobody was at the device: it shows nothing until the same person has signed in again. */
    lockedAt: buildTimestamp('locked_at'),
    /** The page that was locked. */
    lockedPath: text('locked_path'),
    /** When the locked page handed in its half-typed form: it may do so once. */
    lockedFormAt: buildTimestamp('locked_form_at'),
    revokedAt: buildTimestamp('revoked_at'),
  },
  (table) => [
    index('agent_sessions_subject').on(table.subject),
    index('agent_sessions_seen').on(table.seenAt),
    index('agent_sessions_created').on(table.createdAt),
  ],
);

/** Customers whom an agent helps: each is a draft with whoever looks after it. */
export const cases = pgTable(
  'cases',
  {
    id: uuid('id').primaryKey(),
    shop: text('shop').notNull(),
    /** The subject of the agent who began it. */
    agent: text('agent').notNull(),
    /** The draft's token, and what the list shows of the customer. */
    sealed: text('sealed').notNull(),
    /** Keyed: it finds an open case of the same shop again. */
    phoneHash: text('phone_hash').notNull(),
    /** The id of the draft, under which the ledger knows what was sent. */
    draftId: text('draft_id'),
    state: text('state', { enum: ['open', 'closed'] }).notNull(),
    createdAt: buildTimestamp('created_at').notNull(),
    updatedAt: buildTimestamp('updated_at').notNull(),
  },
  (table) => [
    index('cases_shop').on(table.shop, table.state, table.updatedAt),
    index('cases_draft').on(table.draftId),
    index('cases_updated').on(table.state, table.updatedAt),
  ],
);

/** Who did what at the console, in a chain of hashes; only ever added to. No values. Earlier versions append to it. */
export const audit = pgTable(
  'audit',
  {
    sequence: integer('sequence').primaryKey(),
    entry: jsonb('entry').$type<AuditEntry>().notNull(),
    previous: text('previous').notNull(),
    hash: text('hash').notNull(),
  },
  // What was done with one case, and from whom its answers came.
  (table) => [index('audit_case').on(sql`(${table.entry} ->> 'caseId')`)],
);

/** Who did what at the console: a chain of hashes for each shop; only ever added to. No values. */
export const auditEntries = pgTable(
  'audit_entries',
  {
    chain: text('chain').notNull(),
    sequence: integer('sequence').notNull(),
    /** The case and the moment of the entry, to find it by. */
    caseId: text('case_id'),
    at: buildTimestamp('at').notNull(),
    entry: jsonb('entry').$type<AuditEntry>().notNull(),
    previous: text('previous').notNull(),
    hash: text('hash').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.chain, table.sequence] }),
    index('audit_entries_case').on(table.caseId),
    index('audit_entries_at').on(table.at),
  ],
);

/** The root chain: the heads of the other chains, as they were at some moment; only ever added to. */
export const auditAnchors = pgTable(
  'audit_anchors',
  {
    sequence: integer('sequence').primaryKey(),
    at: buildTimestamp('at').notNull(),
    chain: text('chain').notNull(),
    chainSequence: integer('chain_sequence').notNull(),
    chainHead: text('chain_head').notNull(),
    previous: text('previous').notNull(),
    hash: text('hash').notNull(),
  },
  (table) => [index('audit_anchors_chain').on(table.chain, table.chainSequence)],
);

/** Hand-overs of a case to its customer's device. `id` is the hash of the link's token. */
export const handovers = pgTable(
  'handovers',
  {
    id: text('id').primaryKey(),
    caseId: uuid('case_id').notNull(),
    /** The link's token and the short code, for the agent's screen. */
    sealed: text('sealed').notNull(),
    codeHash: text('code_hash').notNull(),
    /** Until 0007 the two digits of all devices. Each device has its own now, in `handover_devices`. */
    digits: text('digits'),
    createdAt: buildTimestamp('created_at').notNull(),
    expiresAt: buildTimestamp('expires_at').notNull(),
    /** The device that was confirmed: its id in `handover_devices`. */
    deviceHash: text('device_hash'),
    openedAt: buildTimestamp('opened_at'),
    stoppedAt: buildTimestamp('stopped_at'),
  },
  (table) => [
    index('handovers_case').on(table.caseId, table.createdAt),
    index('handovers_code').on(table.codeHash),
    uniqueIndex('handovers_device').on(table.deviceHash),
    index('handovers_expires_at').on(table.expiresAt),
  ],
);

/** Devices that opened the link or typed the code of a hand-over. `id` is the hash of what the device keeps. */
export const handoverDevices = pgTable(
  'handover_devices',
  {
    id: text('id').primaryKey(),
    handoverId: text('handover_id').notNull(),
    /** Two digits that this device shows; the agent confirms the device by them. */
    digits: text('digits').notNull(),
    createdAt: buildTimestamp('created_at').notNull(),
    expiresAt: buildTimestamp('expires_at').notNull(),
    confirmedAt: buildTimestamp('confirmed_at'),
  },
  (table) => [
    // Two devices of one hand-over never show the same digits, however they race.
    uniqueIndex('handover_devices_digits').on(table.handoverId, table.digits),
    index('handover_devices_expires_at').on(table.expiresAt),
  ],
);

/** Customers who ask an agent for help with what they have begun. `id` is the hash of what the customer's device keeps. */
export const helpRequests = pgTable(
  'help_requests',
  {
    id: text('id').primaryKey(),
    /** The draft's token and the short code. */
    sealed: text('sealed').notNull(),
    codeHash: text('code_hash').notNull(),
    /** Two digits that both screens show. */
    digits: text('digits').notNull(),
    lang: text('lang', { enum: ['en', 'es'] }).notNull(),
    createdAt: buildTimestamp('created_at').notNull(),
    expiresAt: buildTimestamp('expires_at').notNull(),
    /** The agent who typed the code, and their shop. */
    agent: text('agent'),
    shop: text('shop'),
    /** The case that it became when the customer agreed. */
    caseId: uuid('case_id'),
    stoppedAt: buildTimestamp('stopped_at'),
  },
  (table) => [index('help_requests_code').on(table.codeHash), index('help_requests_expires_at').on(table.expiresAt)],
);

/** How journeys go, for figures: which step, when, in which shop and language. No values, and no way back to a person. */
export const journeyEvents = pgTable(
  'journey_events',
  {
    sequence: bigserial('sequence', { mode: 'number' }).primaryKey(),
    /** Keyed: the events of one journey belong together, and to no draft that one could look up. */
    journey: text('journey').notNull(),
    at: buildTimestamp('at').notNull(),
    kind: text('kind', { enum: JOURNEY_EVENT_KINDS }).notNull(),
    step: text('step'),
    /** Names of the fields that were wrong. */
    fields: jsonb('fields').$type<readonly string[]>().notNull(),
    lang: text('lang', { enum: ['en', 'es'] }).notNull(),
    /** Of an assisted journey. */
    shop: text('shop'),
    agent: text('agent'),
  },
  (table) => [index('journey_events_at').on(table.at, table.sequence)],
);

/** Attempts that are counted, by what is counted. */
export const limits = pgTable(
  'limits',
  {
    key: text('key').primaryKey(),
    points: integer('points').notNull(),
    expire: buildTimestamp('expire'),
  },
  (table) => [index('limits_expire').on(table.expire)],
);

/**
 * Keys that rows of this database may need, by a fingerprint: a server without one of them must not start. A data key is
 * taken off when no row is encrypted with it any more.
 */
export const requiredKeys = pgTable(
  'required_keys',
  {
    purpose: text('purpose', { enum: ['data', 'hash'] }).notNull(),
    id: text('id').notNull(),
    fingerprint: text('fingerprint').notNull(),
    createdAt: buildTimestamp('created_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.purpose, table.id] })],
);

/**
 * Which Postgres this database has been on: its system identifier and its timeline, which changes with each fail-over. The
 * row of a moment that is lost with it is written again.
 */
export const databaseIdentities = pgTable('database_identities', {
  identity: text('identity').primaryKey(),
  seenAt: buildTimestamp('seen_at').notNull(),
});

/** Which instance does the work that one does for all, such as the purge, and until when. */
export const leases = pgTable('leases', {
  name: text('name').primaryKey(),
  holder: text('holder').notNull(),
  expiresAt: buildTimestamp('expires_at').notNull(),
});
