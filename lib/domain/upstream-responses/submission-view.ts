import type { SubmissionState } from '../submission.ts';

/** Keys of the texts under `outcome`. */
type SubmissionView = 'sending' | 'checking' | 'parked' | 'not-sent' | 'refused' | 'succeeded' | 'delivered';
/** `held` (another draft has the phone) and `limited` exist without a submission. */
export type OutcomePageView = SubmissionView | 'held' | 'limited';

type ViewInput = { state: SubmissionState; isBusy: boolean; link: string | undefined };

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

/** The page polls while one of these views is shown. */
export const isPendingView = (view: OutcomePageView) => view === 'sending' || view === 'checking';
