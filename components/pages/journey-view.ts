import type { ConsentText } from '@/lib/config/brand/consent-text';
import type { Brand } from '@/lib/config/brand/read-brand';
import type { JourneyProgress } from '@/lib/domain/journey';
import type { JourneyContext } from '@/lib/domain/journey-context';
import type { StepId } from '@/lib/domain/steps';
import type { Locale } from '@/lib/i18n/routing';
import type { DraftContent } from '@/lib/store/drafts';

/** A customer's journey for its pages. */
export type JourneyView = {
  locale: Locale;
  /** Returns the path of a page of this journey. */
  getPath: (page: StepId | 'review') => string;
  /** The target of the back link on the first page. */
  home: string;
  /** The path of the help page, if help is available and no agent helps yet. */
  helpPath?: string | undefined;
  /** The page is in a partner's frame. The application is submitted from a page of the whole window. */
  isFramed?: boolean;
  /** The device has a draft that the next person must not see. */
  canStartOver?: boolean;
  /** Creates the stamp of a form from the mark of its answers. */
  createStamp: (answerMark?: string) => string;
  /** Returns the path that stores the step's partial form. */
  getPartialPath: (step: StepId) => string;
  context: JourneyContext;
  /** The draft's version. */
  version: number | undefined;
  progress: JourneyProgress;
  content: DraftContent;
  /** The target of the upstream's rejection of these answers. */
  refusal: string | undefined;
  brand: Pick<Brand, 'name' | 'askCallLocation' | 'contact' | 'legal' | 'documents' | 'walletId'> & {
    consent: ConsentText;
  };
};

/** Returns the step before a page on the customer's path; undefined for the first page. */
export const getPreviousStep = ({ progress }: JourneyView, page: StepId | 'review'): StepId | undefined =>
  page === 'review' ? progress.path.at(-1) : progress.path[progress.path.indexOf(page) - 1];
