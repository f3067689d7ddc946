import { getTranslations } from 'next-intl/server';
import { ConsoleBar } from '@/components/console/console-bar';
import { NeedsReviewCase } from '@/components/console/needs-review-case';
import { Alert } from '@/components/ui/alert';
import { withAgentAuthorization } from '@/lib/auth/agent-authorization';
import { getEnv } from '@/lib/config/env';
import type { Locale } from '@/lib/i18n/routing';
import { listReviews } from '@/lib/use-cases/agent/resolve-review';
import { resolveParked } from './actions';

type Props = { params: Promise<{ locale: Locale }>; searchParams: Promise<{ problem?: string; of?: string }> };

const PROBLEMS = ['choose', 'changed', 'phone-held'] as const;

/** Lists the shop's submissions that could not be resolved automatically, with their history and the supervisor's actions. */
export default async function NeedsReviewPage({ params, searchParams }: Props) {
  const { locale } = await params;
  const { session, reviews } = await withAgentAuthorization({ locale, action: 'parked.list' }, async ({ session }) => ({
    session,
    reviews: await listReviews(session),
  }));
  const t = await getTranslations('assist.parked');
  const { problem, of: problemReference } = await searchParams;
  const knownProblem = PROBLEMS.find((name) => name === problem);
  return (
    <>
      <title>{t('title')}</title>
      <ConsoleBar agent={session} locale={locale} />
      <h1>{t('title')}</h1>
      <p className="mt-4 mb-8">{t(reviews.length > 0 ? 'lead' : 'none')}</p>
      {knownProblem === 'changed' || knownProblem === 'phone-held' ? (
        <Alert className="font-medium">{t(knownProblem)}</Alert>
      ) : null}
      <ul className="grid gap-8">
        {reviews.map(({ id, ...details }) => (
          <li key={id}>
            <NeedsReviewCase
              {...details}
              locale={locale}
              timeZone={getEnv().PARTNER_TIME_ZONE}
              problem={knownProblem === 'choose' && problemReference === details.reference ? t('choose') : undefined}
              decide={resolveParked.bind(null, locale, id)}
            />
          </li>
        ))}
      </ul>
    </>
  );
}
