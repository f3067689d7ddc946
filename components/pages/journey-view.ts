import type { ConsentText } from '@/lib/config/brand/consent-text';
import type { JourneyProgress } from '@/lib/domain/journey';
import type { JourneyContext } from '@/lib/domain/journey-context';
import type { StepId } from '@/lib/domain/steps';
import type { Locale } from '@/lib/i18n/routing';
import type { DraftContent } from '@/lib/store/drafts';

/** What a page draws of a customer's journey. */
export type JourneyView = {
  locale: Locale;
  /** Where a page of this journey is. */
  getPath: (page: StepId | 'review') => string;
  /** Where the way back from the first page leads. */
  home: string;
  /** Where an agent's help is asked for, when there is any and nobody helps yet. */
  helpPath?: string | undefined;
  /** The customer's own device has a draft that the next person must not see. */
  canStartOver?: boolean;
  /** The stamp of a form on these pages, by the mark of the answers that it shows. */
  createStamp: (answerMark?: string) => string;
  /** Where the step's form is kept when its page goes away. */
  getPartialPath: (step: StepId) => string;
  context: JourneyContext;
  /** Counts the changes of the draft. */
  version: number | undefined;
  progress: JourneyProgress;
  content: DraftContent;
  /** The owner of the upstream's no to these answers. */
  refusal: string | undefined;
  brand: { name: string; askCallLocation: boolean; consent: ConsentText };
};

/** The step before this page on the customer's own path; undefined when the journey starts here. */
export const getPreviousStep = ({ progress }: JourneyView, page: StepId | 'review'): StepId | undefined =>
  page === 'review' ? progress.path.at(-1) : progress.path[progress.path.indexOf(page) - 1];
