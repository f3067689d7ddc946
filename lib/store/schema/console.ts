import { boolean, index, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { AGENT_ROLES } from '../../domain/assist/permissions.ts';
import { buildTimestamp } from './timestamp.ts';

/** Signed-in agents. `id` is the hash of the cookie's token, so this table's rows sign no agent in. */
export const agentSessions = pgTable(
  'agent_sessions',
  {
    id: text('id').primaryKey(),
    subject: text('subject').notNull(),
    name: text('name').notNull(),
    role: text('role', { enum: AGENT_ROLES }).notNull(),
    shop: text('shop').notNull(),
    /** Several agents use the device, so its idle timeout is shorter. */
    isShared: boolean('is_shared').notNull(),
    /** Earlier versions kept the encrypted ID token here. The column stays for them during an update. */
    unusedIdToken: text('sealed_id_token')
      .notNull()
      .$default(() => ''),
    createdAt: buildTimestamp('created_at').notNull(),
    seenAt: buildTimestamp('seen_at').notNull(),
    /** The idle device was locked: it shows nothing until the same agent has signed in again. */
    lockedAt: buildTimestamp('locked_at'),
    /** The page that was locked. */
    lockedPath: text('locked_path'),
    /** When the locked page posted its partial form: it may do so once. */
    lockedFormAt: buildTimestamp('locked_form_at'),
    revokedAt: buildTimestamp('revoked_at'),
  },
  (table) => [
    index('agent_sessions_subject').on(table.subject),
    index('agent_sessions_seen').on(table.seenAt),
    index('agent_sessions_created').on(table.createdAt),
  ],
);

/** Customers whom an agent helps: a draft, its shop and its agent. */
export const cases = pgTable(
  'cases',
  {
    id: uuid('id').primaryKey(),
    shop: text('shop').notNull(),
    /** The subject of the agent who began it. */
    agent: text('agent').notNull(),
    /** The draft's token and the customer's name and phone for the list. */
    sealed: text('sealed').notNull(),
    /** A keyed hash that finds an open case of the same shop again. */
    phoneHash: text('phone_hash').notNull(),
    /** The draft's id, by which the ledger finds its submission. */
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

/** Hand-overs of a case to its customer's device. `id` is the hash of the link's token. */
export const handovers = pgTable(
  'handovers',
  {
    id: text('id').primaryKey(),
    caseId: uuid('case_id').notNull(),
    /** The link's token and the short code, for the agent's screen. */
    sealed: text('sealed').notNull(),
    codeHash: text('code_hash').notNull(),
    /** Until 0007 the confirmation code of all devices. Each device has its own in `handover_devices`. */
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

/** Devices that opened the link or typed the code of a hand-over. `id` is the hash of the device's token. */
export const handoverDevices = pgTable(
  'handover_devices',
  {
    id: text('id').primaryKey(),
    handoverId: text('handover_id').notNull(),
    /** The confirmation code that the device shows and the agent confirms. */
    digits: text('digits').notNull(),
    createdAt: buildTimestamp('created_at').notNull(),
    expiresAt: buildTimestamp('expires_at').notNull(),
    confirmedAt: buildTimestamp('confirmed_at'),
  },
  (table) => [
    // Two devices of one hand-over never show the same code, even in a race.
    uniqueIndex('handover_devices_digits').on(table.handoverId, table.digits),
    index('handover_devices_expires_at').on(table.expiresAt),
  ],
);

/** Customers who ask an agent for help with their draft. `id` is the hash of the customer's token. */
export const helpRequests = pgTable(
  'help_requests',
  {
    id: text('id').primaryKey(),
    /** The draft's token and the short code. */
    sealed: text('sealed').notNull(),
    codeHash: text('code_hash').notNull(),
    /** The confirmation code that both screens show. */
    digits: text('digits').notNull(),
    lang: text('lang', { enum: ['en', 'es'] }).notNull(),
    createdAt: buildTimestamp('created_at').notNull(),
    expiresAt: buildTimestamp('expires_at').notNull(),
    /** The agent who typed the code, and their shop. */
    agent: text('agent'),
    shop: text('shop'),
    /** The case that was created when the customer accepted. */
    caseId: uuid('case_id'),
    stoppedAt: buildTimestamp('stopped_at'),
  },
  (table) => [index('help_requests_code').on(table.codeHash), index('help_requests_expires_at').on(table.expiresAt)],
);
