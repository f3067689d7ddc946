import type { ConsentText } from '@/lib/config/brand/consent';
import type { Walk } from '@/lib/domain/journey';
import type { JourneyContext } from '@/lib/domain/journey-context';
import type { Locale } from '@/lib/i18n/routing';
import type { DraftContent } from '@/lib/store/drafts';

/** What a page draws of a customer's journey. */
export type JourneyView = {
  locale: Locale;
  context: JourneyContext;
  walk: Walk;
  content: DraftContent;
  /** The owner of the upstream's no to these answers. */
  refusal: string | undefined;
  brand: { name: string; askCallLocation: boolean; consent: ConsentText };
};
