import { redirect } from 'next/navigation';
import { OutcomeView } from '@/components/pages/outcome-view';
import { brand } from '@/lib/config/brand/brand';
import { env } from '@/lib/config/env';
import { writeStamp } from '@/lib/domain/form-stamp';
import { holdsDraft } from '@/lib/domain/submission';
import { viewOf } from '@/lib/domain/upstream-responses/page';
import { parseRetryTime, parseWaitMinutes } from '@/lib/domain/wait';
import { pagePath } from '@/lib/i18n/paths';
import type { Locale } from '@/lib/i18n/routing';
import { currentJourney } from '@/lib/use-cases/customer/current-journey';
import { followLink } from '../actions';

type Query = { later?: string; held?: string; wait?: string };
type Props = { params: Promise<{ locale: Locale }>; searchParams: Promise<Query> };

export default async function OutcomePage({ params, searchParams }: Props) {
  const { locale } = await params;
  const { submission, walk, subject } = await currentJourney();
  const isHeld = submission && holdsDraft(submission.state);
  const { later, held, wait } = await searchParams;
  const heldMinutes = isHeld ? undefined : parseWaitMinutes(held);
  const waitMinutes = isHeld ? undefined : parseWaitMinutes(wait);
  const isLater = later !== undefined && !isHeld;
  const problem = waitMinutes ? 'limited' : heldMinutes ? 'held' : isLater ? 'not-sent' : undefined;
  const view = problem ?? (submission && viewOf(submission));
  const retryAt = parseRetryTime(later, new Date());
  if (!view) redirect(pagePath(locale, walk.open));
  return (
    <OutcomeView
      locale={locale}
      view={view}
      waitMinutes={waitMinutes ?? heldMinutes}
      retryTime={retryAt && formatMinute(retryAt, locale)}
      reference={submission?.id.slice(0, 8).toUpperCase() ?? ''}
      brandName={brand().name}
      path={pagePath(locale, walk.open)}
      stamp={writeStamp(subject)}
      follow={followLink}
    />
  );
}

/** With the name of the zone: the customer's own may be another one. */
function formatMinute(at: Date, locale: Locale): string {
  const minute = { day: 'numeric', month: 'long', hour: 'numeric', minute: '2-digit' } as const;
  const zone = { timeZone: env().PARTNER_TIME_ZONE, timeZoneName: 'short' } as const;
  return new Intl.DateTimeFormat(locale, { ...minute, ...zone }).format(at);
}
