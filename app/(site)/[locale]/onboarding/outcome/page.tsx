import { redirect } from 'next/navigation';
import { OutcomeView } from '@/components/pages/outcome-view';
import { brand } from '@/lib/config/brand/brand';
import { viewOf } from '@/lib/domain/outcomes/page';
import { holdsDraft } from '@/lib/domain/submission';
import { parseWaitMinutes } from '@/lib/domain/wait';
import { pagePath } from '@/lib/i18n/paths';
import type { Locale } from '@/lib/i18n/routing';
import { currentJourney } from '@/lib/session/current-journey';
import { followLink, startOver } from '../actions';

type Props = { params: Promise<{ locale: Locale }>; searchParams: Promise<{ later?: string; held?: string }> };

export default async function OutcomePage({ params, searchParams }: Props) {
  const { locale } = await params;
  const { submission, walk } = await currentJourney();
  const isHeld = submission && holdsDraft(submission.state);
  const { later, held } = await searchParams;
  const waitMinutes = isHeld ? undefined : parseWaitMinutes(held);
  const isLater = later !== undefined && !isHeld;
  const view = waitMinutes ? 'held' : isLater ? 'not-sent' : submission && viewOf(submission);
  if (!view) redirect(pagePath(locale, walk.open));
  return (
    <OutcomeView
      locale={locale}
      view={view}
      waitMinutes={waitMinutes}
      reference={submission?.id.slice(0, 8).toUpperCase() ?? ''}
      brandName={brand().name}
      path={pagePath(locale, walk.open)}
      follow={followLink}
      startOver={startOver}
    />
  );
}
