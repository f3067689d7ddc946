import { redirect } from 'next/navigation';
import { getCurrentJourney } from '@/app/(customer)/[locale]/current-journey';
import { StartView } from '@/components/pages/start-view';
import { countCookies } from '@/lib/auth/count-cookies';
import { hasConsole } from '@/lib/auth/identity-provider';
import { getBrand } from '@/lib/config/brand/brand';
import { getEnv } from '@/lib/config/env';
import { writeStamp } from '@/lib/domain/form-stamp';
import { buildReturnUrl } from '@/lib/domain/partner-api/return-url';
import { describeStartedJourney } from '@/lib/domain/started-journey';
import { isDraftLocked } from '@/lib/domain/submission';
import { isFramedVisit } from '@/lib/http/framed-visit';
import { getPagePath } from '@/lib/i18n/paths';
import type { Locale } from '@/lib/i18n/routing';

type Props = { params: Promise<{ locale: Locale }>; searchParams: Promise<{ another?: string }> };

/** The start page. A customer whose application is submitted sees its result, not a second beginning. */
export default async function StartPage({ params, searchParams }: Props) {
  const { locale } = await params;
  const { another } = await searchParams;
  const { content, progress, subject, submission } = await getCurrentJourney();
  const isAnotherPerson = another !== undefined;
  const isSubmitted = submission !== undefined && isDraftLocked(submission.state);
  if (isSubmitted && !isAnotherPerson) redirect(getPagePath(locale, 'outcome'));
  return (
    <StartView
      locale={locale}
      brandName={getBrand().name}
      path={getPagePath(locale, isSubmitted ? 'outcome' : progress.firstOpenStep)}
      codePath={hasConsole() && !(await isFramedVisit()) ? `/${locale}/continue` : undefined}
      stamp={writeStamp(subject)}
      started={describeStartedJourney(content, progress) ?? (isSubmitted ? { firstName: '', steps: [] } : undefined)}
      notice={isAnotherPerson ? ((await countCookies()) === 0 ? 'lost' : 'another') : undefined}
      returnUrl={buildReturnUrl(content.partner, getEnv().PARTNER_RETURN_ORIGINS)}
    />
  );
}
