import * as z from 'zod/mini';
import { HOUR_MS } from '../domain/time.ts';

const createIntegerSchema = (fallback: number, form = /^\d{1,9}$/) =>
  z._default(
    z.pipe(
      z.string().check(z.regex(form)),
      z.transform((text) => Number(text)),
    ),
    fallback,
  );

/**
 * Time and load limits (ASVS 5.0, 13.1.2 and 13.1.3); `env-descriptions.ts` describes each. By Little's law, 16 sockets and an
 * upstream that takes 0.5 s carry 32 submissions a second.
 */
export const limitsShape = {
  RAAS_CONNECT_MS: createIntegerSchema(3_000),
  RAAS_HEADERS_MS: createIntegerSchema(10_000),
  RAAS_IDLE_BODY_MS: createIntegerSchema(5_000),
  RAAS_TOTAL_MS: createIntegerSchema(15_000),
  RAAS_LOOKUP_MS: createIntegerSchema(2_000),
  SUBMISSION_LEASE_MS: createIntegerSchema(30_000),
  SUBMISSION_HOLD_MS: createIntegerSchema(HOUR_MS),
  DATABASE_POOL_SIZE: createIntegerSchema(10, /^[1-9]\d{0,3}$/),
  DATABASE_CONNECT_MS: createIntegerSchema(3_000, /^[1-9]\d{2,4}$/),
  DATABASE_QUERY_MS: createIntegerSchema(1_500, /^[1-9]\d{2,4}$/),
  DRAIN_GRACE_MS: createIntegerSchema(5_000),
  DRAIN_MS: createIntegerSchema(30_000),

  RECONCILE_EVERY_MS: createIntegerSchema(5_000),
  RECONCILE_AFTER_MS: createIntegerSchema(60_000),
  RECONCILE_LOOKS_MS: createIntegerSchema(120_000),
  RECONCILE_PARK_MS: createIntegerSchema(900_000),

  WEBHOOK_STALLED_MS: createIntegerSchema(24 * HOUR_MS, /^[1-9]\d{3,8}$/),
  WEBHOOK_TIMEOUT_MS: createIntegerSchema(10_000, /^[1-9]\d{2,4}$/),

  BREAKER_IN_A_ROW: createIntegerSchema(5),
  BREAKER_PERCENT: createIntegerSchema(50, /^([1-9]\d?|100)$/),
  BREAKER_REST_MS: createIntegerSchema(10_000),
  UPSTREAM_SOCKETS: createIntegerSchema(16),
  UPSTREAM_QUEUE: createIntegerSchema(64),
  UPSTREAM_QUEUE_MS: createIntegerSchema(2_000),
  SHED_REQUESTS: createIntegerSchema(128),
  SHED_BUSY_REQUESTS: createIntegerSchema(24),
  SHED_DELAY_MS: createIntegerSchema(150),

  TRUSTED_HOPS: createIntegerSchema(0, /^\d$/),
  LIMIT_IN_FLIGHT_PER_ADDRESS: createIntegerSchema(32, /^[1-9]\d{0,8}$/),
  LIMIT_POSTS_PER_ADDRESS: createIntegerSchema(600),
  LIMIT_SUBMITS_PER_ADDRESS: createIntegerSchema(60),
  LIMIT_SUBMITS_PER_DRAFT: createIntegerSchema(20),
  LIMIT_SUBMITS_PER_PHONE: createIntegerSchema(10),
  LIMIT_CODES_PER_ADDRESS: createIntegerSchema(10),
  LIMIT_CODES_PER_AGENT: createIntegerSchema(10),
  LIMIT_DRAFTS_PER_ADDRESS: createIntegerSchema(300),
  LIMIT_HELP_CODES_PER_ADDRESS: createIntegerSchema(60),
  LIMIT_EVENTS_PER_ADDRESS: createIntegerSchema(3_000),
  LIMIT_POSTAL_CODES_PER_ADDRESS: createIntegerSchema(600),
  LIMIT_STATUS_PER_ADDRESS: createIntegerSchema(600),
  LIMIT_SIGN_INS_PER_ADDRESS: createIntegerSchema(100),
};

type Limits = { [Name in keyof typeof limitsShape]: number };

/** The first of each pair must be smaller, or it would have no effect. */
const ASCENDING_PAIRS: readonly (readonly [keyof Limits, keyof Limits])[] = [
  ['RAAS_CONNECT_MS', 'RAAS_HEADERS_MS'],
  ['RAAS_LOOKUP_MS', 'RAAS_TOTAL_MS'],
  ['RAAS_HEADERS_MS', 'RAAS_TOTAL_MS'],
  ['RAAS_TOTAL_MS', 'SUBMISSION_LEASE_MS'],
  ['RAAS_TOTAL_MS', 'DRAIN_MS'],
  ['RECONCILE_AFTER_MS', 'RECONCILE_PARK_MS'],
  ['RECONCILE_PARK_MS', 'SUBMISSION_HOLD_MS'],
];

/** Returns the second name of each pair in the wrong order. */
export function findLimitProblems(limits: Limits): string[] {
  return ASCENDING_PAIRS.filter(([lower, upper]) => limits[lower] >= limits[upper]).map(([, more]) => more);
}
