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
 * How long each part of a submission may take and how much goes on at once (ASVS 5.0, 13.1.2 and 13.1.3). Milliseconds
 * where the name says so. Little's law tells what the sockets are worth: 16 of them and an upstream that takes half a
 * second carry 32 submissions a second.
 */
export const limitsShape = {
  RAAS_CONNECT_MS: createIntegerSchema(3_000),
  RAAS_HEADERS_MS: createIntegerSchema(10_000),
  RAAS_IDLE_BODY_MS: createIntegerSchema(5_000),
  /** All calls of one submission together, repeats of what never left included. */
  RAAS_TOTAL_MS: createIntegerSchema(15_000),
  /** A read that nobody waits for gladly: who is there before the call. */
  RAAS_LOOKUP_MS: createIntegerSchema(2_000),
  SUBMISSION_LEASE_MS: createIntegerSchema(30_000),
  /** How long a submission of unknown fate keeps other drafts with the same phone from being sent. */
  SUBMISSION_HOLD_MS: createIntegerSchema(HOUR_MS),
  /** Connections of one instance to Postgres, milliseconds to get one, and milliseconds for each statement. */
  DATABASE_POOL_SIZE: createIntegerSchema(10, /^[1-9]\d{0,3}$/),
  DATABASE_CONNECT_MS: createIntegerSchema(3_000, /^[1-9]\d{2,4}$/),
  DATABASE_QUERY_MS: createIntegerSchema(1_500, /^[1-9]\d{2,4}$/),
  DRAIN_GRACE_MS: createIntegerSchema(5_000),
  DRAIN_MS: createIntegerSchema(30_000),

  RECONCILE_EVERY_MS: createIntegerSchema(5_000),
  /** Longer than the upstream may still be working on a call whose answer was lost. */
  RECONCILE_AFTER_MS: createIntegerSchema(60_000),
  /** Over this time it must be absent three times before it counts as absent. */
  RECONCILE_LOOKS_MS: createIntegerSchema(120_000),
  RECONCILE_PARK_MS: createIntegerSchema(900_000),

  BREAKER_IN_A_ROW: createIntegerSchema(5),
  /** Of the calls of half a minute, once there were ten. 100: never. */
  BREAKER_PERCENT: createIntegerSchema(50, /^([1-9]\d?|100)$/),
  BREAKER_REST_MS: createIntegerSchema(10_000),
  UPSTREAM_SOCKETS: createIntegerSchema(16),
  UPSTREAM_QUEUE: createIntegerSchema(64),
  UPSTREAM_QUEUE_MS: createIntegerSchema(2_000),
  SHED_REQUESTS: createIntegerSchema(128),
  SHED_BUSY_REQUESTS: createIntegerSchema(24),
  SHED_DELAY_MS: createIntegerSchema(150),

  /** Proxies of ours before this server: how many entries of `X-Forwarded-For` are their word. */
  TRUSTED_HOPS: createIntegerSchema(0, /^\d$/),
  /** Requests of one address in flight at once, in one instance. */
  LIMIT_IN_FLIGHT_PER_ADDRESS: createIntegerSchema(32, /^[1-9]\d{0,8}$/),
  /** Posts of one address in a minute, in one instance. Many people share an address: a carrier's, a shop's. */
  LIMIT_POSTS_PER_ADDRESS: createIntegerSchema(600),
  /** Submissions: calls to the upstream of one address in ten minutes, of one draft and one phone in an hour. */
  LIMIT_SUBMITS_PER_ADDRESS: createIntegerSchema(60),
  LIMIT_SUBMITS_PER_DRAFT: createIntegerSchema(20),
  /** Of one phone from one address. From any address, further ones are delayed by two seconds. */
  LIMIT_SUBMITS_PER_PHONE: createIntegerSchema(10),
  /** Wrong short codes of customers at one address, and of one agent, in ten minutes. */
  LIMIT_CODES_PER_ADDRESS: createIntegerSchema(10),
  LIMIT_CODES_PER_AGENT: createIntegerSchema(10),
  /** New drafts, requests for help and events for the statistics, of one address in ten minutes. */
  LIMIT_DRAFTS_PER_ADDRESS: createIntegerSchema(300),
  LIMIT_HELP_CODES_PER_ADDRESS: createIntegerSchema(60),
  LIMIT_EVENTS_PER_ADDRESS: createIntegerSchema(3_000),
  /** Sign-ins begun from one address in ten minutes. */
  LIMIT_SIGN_INS_PER_ADDRESS: createIntegerSchema(100),
};

type Limits = { [Name in keyof typeof limitsShape]: number };

/** Pairs that must grow in this order, or one limit makes another one void. */
const ASCENDING_PAIRS: readonly (readonly [keyof Limits, keyof Limits])[] = [
  ['RAAS_CONNECT_MS', 'RAAS_HEADERS_MS'],
  ['RAAS_LOOKUP_MS', 'RAAS_TOTAL_MS'],
  ['RAAS_HEADERS_MS', 'RAAS_TOTAL_MS'],
  ['RAAS_TOTAL_MS', 'SUBMISSION_LEASE_MS'],
  ['RAAS_TOTAL_MS', 'DRAIN_MS'],
  ['RECONCILE_AFTER_MS', 'RECONCILE_PARK_MS'],
  ['RECONCILE_PARK_MS', 'SUBMISSION_HOLD_MS'],
];

/** The later name of each pair in the wrong order. */
export function findLimitProblems(limits: Limits): string[] {
  return ASCENDING_PAIRS.filter(([lower, upper]) => limits[lower] >= limits[upper]).map(([, more]) => more);
}
