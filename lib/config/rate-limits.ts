import { HOUR_SECONDS, MINUTE_MS } from '../domain/time.ts';
import type { Env } from './env-schema.ts';

type Limit = {
  /** Key of the counter. Connection, cookie or session prove it, except for a phone alone. */
  by: 'address' | 'agent' | 'draft' | 'phone' | 'phone and address';
  windowSeconds: number;
  /** Variable with the number of attempts per window. */
  points: Extract<keyof Env, `LIMIT_${string}`>;
  /** Beyond the limit the attempt is refused or delayed, or its record dropped. */
  effect: 'refuse' | 'delay' | 'drop';
  /** `store`: over all instances. `instance`: in each process. */
  countedIn: 'store' | 'instance';
};

/**
 * All rate limits. No counter is shared by all customers, since one client could then lock out the others. Statements lock
 * rows in this order, and rows of one limit by key, so that two never wait for each other.
 */
export const LIMITS = {
  /** Counted right before the upstream call for a complete draft. */
  submitAddress: {
    by: 'address',
    windowSeconds: 600,
    points: 'LIMIT_SUBMITS_PER_ADDRESS',
    effect: 'refuse',
    countedIn: 'store',
  },
  submitDraft: {
    by: 'draft',
    windowSeconds: HOUR_SECONDS,
    points: 'LIMIT_SUBMITS_PER_DRAFT',
    effect: 'refuse',
    countedIn: 'store',
  },
  submitPhoneAddress: {
    by: 'phone and address',
    windowSeconds: HOUR_SECONDS,
    points: 'LIMIT_SUBMITS_PER_PHONE',
    effect: 'refuse',
    countedIn: 'store',
  },
  // Anyone can type another person's phone, so a phone alone must not refuse that person.
  submitPhone: {
    by: 'phone',
    windowSeconds: HOUR_SECONDS,
    points: 'LIMIT_SUBMITS_PER_PHONE',
    effect: 'delay',
    countedIn: 'store',
  },
  /** Counts wrong codes. A right one always works. */
  codeAddress: {
    by: 'address',
    windowSeconds: 600,
    points: 'LIMIT_CODES_PER_ADDRESS',
    effect: 'refuse',
    countedIn: 'store',
  },
  codeAgent: { by: 'agent', windowSeconds: 600, points: 'LIMIT_CODES_PER_AGENT', effect: 'refuse', countedIn: 'store' },
  signInAddress: {
    by: 'address',
    windowSeconds: 600,
    points: 'LIMIT_SIGN_INS_PER_ADDRESS',
    effect: 'refuse',
    countedIn: 'store',
  },
  /** Drafts from partner links and agents do not count. */
  draftAddress: {
    by: 'address',
    windowSeconds: 600,
    points: 'LIMIT_DRAFTS_PER_ADDRESS',
    effect: 'refuse',
    countedIn: 'store',
  },
  helpCodeAddress: {
    by: 'address',
    windowSeconds: 600,
    points: 'LIMIT_HELP_CODES_PER_ADDRESS',
    effect: 'refuse',
    countedIn: 'store',
  },
  eventAddress: {
    by: 'address',
    windowSeconds: 600,
    points: 'LIMIT_EVENTS_PER_ADDRESS',
    effect: 'drop',
    countedIn: 'instance',
  },
  /** Beyond the limit the customer types the address line by line. */
  postalCodeAddress: {
    by: 'address',
    windowSeconds: 60,
    points: 'LIMIT_POSTAL_CODES_PER_ADDRESS',
    effect: 'refuse',
    countedIn: 'instance',
  },
  /** Counts requests without a valid key. A request with one always works. */
  statusAddress: {
    by: 'address',
    windowSeconds: 60,
    points: 'LIMIT_STATUS_PER_ADDRESS',
    effect: 'refuse',
    countedIn: 'instance',
  },
  postAddress: {
    by: 'address',
    windowSeconds: 60,
    points: 'LIMIT_POSTS_PER_ADDRESS',
    effect: 'refuse',
    countedIn: 'instance',
  },
} as const satisfies Record<string, Limit>;

/** Different policy reports of one address that are logged; further ones in the window are dropped. */
export const POLICY_REPORT_LIMIT = { points: 10, windowSeconds: 60 } as const;

/** A denied request at the console enters the audit once in the window for each session, action and case. */
export const DENIED_ACCESS_LIMIT = { windowMs: 10 * MINUTE_MS, maxKeysPerSession: 60 } as const;

export type LimitName = keyof typeof LIMITS;

type CountedIn<Where> = {
  [Name in LimitName]: (typeof LIMITS)[Name]['countedIn'] extends Where ? Name : never;
}[LimitName];
export type StoreLimit = CountedIn<'store'>;
export type InstanceLimit = CountedIn<'instance'>;

export const limitNames = Object.keys(LIMITS) as LimitName[];

/** Attempts per window of each limit. */
export type LimitPoints = Record<LimitName, number>;

export const readLimitPoints = (env: Pick<Env, Limit['points']>): LimitPoints =>
  Object.fromEntries(limitNames.map((name) => [name, env[LIMITS[name].points]])) as LimitPoints;
