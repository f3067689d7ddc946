import { redirect } from 'next/navigation';
import { getCurrentJourney } from '@/app/(customer)/[locale]/current-journey';
import { OutcomeView } from '@/components/pages/outcome-view';
import { getBrand } from '@/lib/config/brand/brand';
import { getEnv } from '@/lib/config/env';
import { writeStamp } from '@/lib/domain/form-stamp';
import { buildReturnUrl } from '@/lib/domain/partner-api/return-url';
import { parseRetryTime, parseWaitMinutes } from '@/lib/domain/retry-time';
import { isDraftLocked } from '@/lib/domain/submission';
import { getReference } from '@/lib/domain/text/ids';
import { getSubmissionView } from '@/lib/domain/upstream-responses/submission-view';
import { isFramedVisit } from '@/lib/http/framed-visit';
import { getPagePath } from '@/lib/i18n/paths';
import type { Locale } from '@/lib/i18n/routing';
import { createExitToken } from '../../exit-token';
import { followLink } from '../actions';

type Query = { later?: string; held?: string; wait?: string };
type Props = { params: Promise<{ locale: Locale }>; searchParams: Promise<Query> };

export default async function OutcomePage({ params, searchParams }: Props) {
  const { locale } = await params;
  const { content, submission, progress, subject } = await getCurrentJourney();
  const isLocked = submission && isDraftLocked(submission.state);
  const { later, held: heldWait, wait } = await searchParams;
  const heldMinutes = isLocked ? undefined : parseWaitMinutes(heldWait);
  const waitMinutes = isLocked ? undefined : parseWaitMinutes(wait);
  const isLater = later !== undefined && !isLocked;
  const problem = waitMinutes ? 'limited' : heldMinutes ? 'held' : isLater ? 'not-sent' : undefined;
  const view = problem ?? (submission && getSubmissionView(submission));
  const retryAt = parseRetryTime(later, new Date());
  if (!view) redirect(getPagePath(locale, progress.firstOpenStep));
  return (
    <OutcomeView
      locale={locale}
      view={view}
      waitMinutes={waitMinutes ?? heldMinutes}
      retryTime={retryAt && formatMinute(retryAt, locale)}
      reference={submission ? getReference(submission.id) : ''}
      brand={getBrand()}
      path={getPagePath(locale, progress.firstOpenStep)}
      stamp={writeStamp(subject)}
      follow={followLink}
      returnUrl={buildReturnUrl(content.partner, getEnv().PARTNER_RETURN_ORIGINS, view)}
      exitToken={(await isFramedVisit()) ? await createExitToken() : undefined}
    />
  );
}

/** Formats a time with the name of the partner's zone, since the customer's may differ. */
function formatMinute(time: Date, locale: Locale): string {
  const minute = { day: 'numeric', month: 'long', hour: 'numeric', minute: '2-digit' } as const;
  const zone = { timeZone: getEnv().PARTNER_TIME_ZONE, timeZoneName: 'short' } as const;
  return new Intl.DateTimeFormat(locale, { ...minute, ...zone }).format(time);
}
