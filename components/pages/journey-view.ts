import type { ConsentText } from '@/lib/config/brand/consent';
import type { Walk } from '@/lib/domain/journey';
import type { JourneyContext } from '@/lib/domain/journey-context';
import type { StepId } from '@/lib/domain/steps';
import type { Locale } from '@/lib/i18n/routing';
import type { DraftContent } from '@/lib/store/drafts';

/** What a page draws of a customer's journey. */
export type JourneyView = {
  locale: Locale;
  /** Where a page of this journey is. */
  path: (page: StepId | 'review') => string;
  /** Where the way back from the first page leads. */
  home: string;
  /** Where an agent's help is asked for, when there is any and nobody helps yet. */
  helpPath?: string | undefined;
  /** The customer's own device has a draft that the next person must not see. */
  canStartOver?: boolean;
  context: JourneyContext;
  walk: Walk;
  content: DraftContent;
  /** The owner of the upstream's no to these answers. */
  refusal: string | undefined;
  brand: { name: string; askCallLocation: boolean; consent: ConsentText };
};

/** The page before this one on the customer's own path. */
export function pageBefore({ walk, path, home }: JourneyView, page: StepId | 'review'): string {
  const before = page === 'review' ? walk.path.at(-1) : walk.path[walk.path.indexOf(page) - 1];
  return before ? path(before) : home;
}
