import { redirect } from 'next/navigation';
import { OutcomeView } from '@/components/pages/outcome-view';
import { brand } from '@/lib/config/brand/brand';
import { viewOf } from '@/lib/domain/outcomes/page';
import { holdsDraft } from '@/lib/domain/submission';
import { pagePath } from '@/lib/i18n/paths';
import type { Locale } from '@/lib/i18n/routing';
import { currentJourney } from '@/lib/session/current-journey';
import { followLink, startOver } from '../actions';

type Props = { params: Promise<{ locale: Locale }>; searchParams: Promise<{ later?: string }> };

export default async function OutcomePage({ params, searchParams }: Props) {
  const { locale } = await params;
  const { submission, walk } = await currentJourney();
  const isHeld = submission && holdsDraft(submission.state);
  const isLater = (await searchParams).later !== undefined && !isHeld;
  if (!submission && !isLater) redirect(pagePath(locale, walk.open));
  return (
    <OutcomeView
      locale={locale}
      view={submission && !isLater ? viewOf(submission) : 'not-sent'}
      reference={submission?.id.slice(0, 8).toUpperCase() ?? ''}
      brandName={brand().name}
      path={pagePath(locale, walk.open)}
      follow={followLink}
      startOver={startOver}
    />
  );
}
