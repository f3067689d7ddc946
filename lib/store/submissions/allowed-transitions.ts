import type { ApplicationEvent, EventDecision } from '../../domain/events/application-event.ts';
import type { Actor, SubmissionState } from '../../domain/submission.ts';

/** A change of a submission's state that one prepared statement makes. */
export type AllowedTransition = {
  /** The states that the statement's condition accepts; none when it inserts the row. */
  from: readonly SubmissionState[];
  to: SubmissionState;
  actors: readonly Actor[];
  /** The statement names the fence of the current claim, so that a void claim changes nothing. */
  isFenced: boolean;
  /** The effect on the draft's claim on the phone. */
  phone: 'claimed' | 'extended' | 'released' | 'unchanged';
  /** The event for the partner that the same statement writes. Transitions without one say nothing new to a partner. */
  event?: ApplicationEvent['type'];
  decision?: EventDecision;
};

const CLAIMED = ['sending', 'reconciling'] as const;
const CALLERS = ['customer', 'reconciler'] as const;

/**
 * Every allowed change of a submission's state, by the name of its prepared statement. `allowed-transitions.test.ts` compares
 * the table with the SQL of all statements; the compiler checks the actors.
 */
export const ALLOWED_TRANSITIONS = {
  receive: {
    from: [],
    to: 'received',
    actors: ['customer'],
    isFenced: false,
    phone: 'claimed',
    event: 'application.submitted',
  },
  receive_claimed: {
    from: [],
    to: 'sending',
    actors: ['customer'],
    isFenced: false,
    phone: 'claimed',
    event: 'application.submitted',
  },

  claim: { from: ['received'], to: 'sending', actors: CALLERS, isFenced: false, phone: 'claimed' },

  finish_succeeded: {
    from: CLAIMED,
    to: 'succeeded',
    actors: CALLERS,
    isFenced: true,
    phone: 'released',
    event: 'application.link_delivered',
  },
  finish_refused: {
    from: CLAIMED,
    to: 'refused',
    actors: CALLERS,
    isFenced: true,
    phone: 'released',
    event: 'application.refused',
  },
  finish_received: { from: CLAIMED, to: 'received', actors: CALLERS, isFenced: true, phone: 'extended' },
  finish_ambiguous: { from: CLAIMED, to: 'ambiguous', actors: CALLERS, isFenced: true, phone: 'extended' },
  finish_parked: {
    from: CLAIMED,
    to: 'parked',
    actors: CALLERS,
    isFenced: true,
    phone: 'unchanged',
    event: 'application.needs_review',
  },

  recover: { from: ['sending'], to: 'ambiguous', actors: ['reconciler'], isFenced: true, phone: 'extended' },
  take: {
    from: ['ambiguous', 'reconciling'],
    to: 'reconciling',
    actors: ['reconciler'],
    isFenced: true,
    phone: 'unchanged',
  },
  look_again: { from: ['reconciling'], to: 'reconciling', actors: ['reconciler'], isFenced: true, phone: 'unchanged' },
  clear: { from: ['reconciling'], to: 'received', actors: ['reconciler'], isFenced: true, phone: 'extended' },

  delivered: {
    from: ['parked'],
    to: 'succeeded',
    actors: ['operator'],
    isFenced: false,
    phone: 'released',
    event: 'application.resolved',
    decision: 'delivered',
  },
  refused: {
    from: ['parked'],
    to: 'refused',
    actors: ['operator'],
    isFenced: false,
    phone: 'released',
    event: 'application.resolved',
    decision: 'refused',
  },
  again: {
    from: ['parked'],
    to: 'received',
    actors: ['operator'],
    isFenced: false,
    phone: 'claimed',
    event: 'application.resolved',
    decision: 'again',
  },

  outdate: { from: ['received'], to: 'expired', actors: ['customer'], isFenced: false, phone: 'released' },
  outdate_other: { from: ['received'], to: 'expired', actors: ['customer'], isFenced: false, phone: 'released' },
  expire_received: { from: ['received'], to: 'expired', actors: ['reconciler'], isFenced: false, phone: 'released' },
  erase_received: { from: ['received'], to: 'expired', actors: ['operator'], isFenced: false, phone: 'released' },
  refuse_undecided: {
    from: ['sending', 'ambiguous', 'reconciling', 'parked'],
    to: 'refused',
    actors: ['reconciler'],
    isFenced: false,
    phone: 'released',
    event: 'application.resolved',
    decision: 'refused',
  },
} as const satisfies Record<string, AllowedTransition>;

export type TransitionName = keyof typeof ALLOWED_TRANSITIONS;
export type AllowedActor<Name extends TransitionName> = (typeof ALLOWED_TRANSITIONS)[Name]['actors'][number];
