import type { SubmissionState } from '../submission.ts';

/** How a submission is shown: keys of the words under `outcome`. */
type SubmissionView = 'sending' | 'checking' | 'parked' | 'not-sent' | 'refused' | 'succeeded' | 'delivered';
/** What the outcome page shows. While another draft has the phone, or after too many attempts, there may be no submission. */
export type OutcomePageView = SubmissionView | 'held' | 'limited';

type ViewInput = { state: SubmissionState; isBusy: boolean; link: string | undefined };

/** The one view of each state. */
export function getSubmissionView({ state, isBusy, link }: ViewInput): SubmissionView {
  switch (state) {
    case 'sending':
      return 'sending';
    case 'received':
    case 'expired':
      return isBusy ? 'sending' : 'not-sent';
    case 'ambiguous':
    case 'reconciling':
      return 'checking';
    case 'succeeded':
      return link === undefined ? 'delivered' : 'succeeded';
    case 'parked':
    case 'refused':
      return state;
  }
}

/** Views that change by themselves: the page goes on looking. */
export const isPendingView = (view: OutcomePageView) => view === 'sending' || view === 'checking';
