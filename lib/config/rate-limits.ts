import { HOUR_SECONDS } from '../domain/time.ts';
import type { Env } from './env-schema.ts';

type Limit = {
  /** What attempts are counted by. All of it is proved by the connection, a cookie or a session, except a phone alone. */
  by: 'address' | 'agent' | 'draft' | 'phone' | 'phone and address';
  windowSeconds: number;
  /** The name in the environment of how many attempts a window has room for. */
  points: Extract<keyof Env, `LIMIT_${string}`>;
  /** What happens beyond it: the attempt is refused, only slowed down, or its record is dropped. */
  effect: 'refuse' | 'delay' | 'drop';
  /** `store`: over all instances. `instance`: in the memory of each process. */
  countedIn: 'store' | 'instance';
};

/**
 * Every limit of attempts. No counter is shared by all customers: whoever filled it would lock out the others. Rows of the
 * store are locked in this order, and rows of one limit by their key, so that two statements never wait for each other.
 */
export const LIMITS = {
  /** A call to the upstream that is about to be made for a complete draft. */
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
  // Anyone can type another person's phone, so it must not be able to refuse that person.
  submitPhone: {
    by: 'phone',
    windowSeconds: HOUR_SECONDS,
    points: 'LIMIT_SUBMITS_PER_PHONE',
    effect: 'delay',
    countedIn: 'store',
  },
  /** A short code that was wrong. A right one always works. */
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
  /** A new draft without a partner's link and without an agent. */
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
  /** A journey event of a customer, for the statistics. */
  eventAddress: {
    by: 'address',
    windowSeconds: 600,
    points: 'LIMIT_EVENTS_PER_ADDRESS',
    effect: 'drop',
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

export type LimitName = keyof typeof LIMITS;

type CountedIn<Where> = {
  [Name in LimitName]: (typeof LIMITS)[Name]['countedIn'] extends Where ? Name : never;
}[LimitName];
export type StoreLimit = CountedIn<'store'>;
export type InstanceLimit = CountedIn<'instance'>;

export const limitNames = Object.keys(LIMITS) as LimitName[];

/** Attempts that a window of each limit has room for. */
export type LimitPoints = Record<LimitName, number>;

export const readLimitPoints = (env: Pick<Env, Limit['points']>): LimitPoints =>
  Object.fromEntries(limitNames.map((name) => [name, env[LIMITS[name].points]])) as LimitPoints;
