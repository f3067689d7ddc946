import { getTranslations } from 'next-intl/server';
import { ConsoleBar } from '@/components/console/console-bar';
import { NeedsReviewCase } from '@/components/console/needs-review-case';
import { Alert } from '@/components/ui/alert';
import { withAgentAuthorization } from '@/lib/auth/agent-authorization';
import { getEnv } from '@/lib/config/env';
import { getReference } from '@/lib/domain/text/ids';
import type { Locale } from '@/lib/i18n/routing';
import { getStore } from '@/lib/store/store';
import { resolveParked } from './actions';

type Props = { params: Promise<{ locale: Locale }>; searchParams: Promise<{ problem?: string; of?: string }> };

const PROBLEMS = ['choose', 'changed', 'phone-held'] as const;

/** Submissions of the shop whose fate nobody knows, what was tried, and what a supervisor may decide. */
export default async function NeedsReviewPage({ params, searchParams }: Props) {
  const { locale } = await params;
  const { session, unsettledCases } = await withAgentAuthorization(locale, 'parked.list', {}, async (session) => {
    const { cases, submissionAdmin } = await getStore();
    const records = await cases.listUnresolved(session.shop);
    const caseDetails = records.map(async ({ id, customer, submissionId }) => {
      const history = await submissionAdmin.listHistory(submissionId);
      return { id, customer, story: history, reference: getReference(submissionId) };
    });
    return { session, unsettledCases: await Promise.all(caseDetails) };
  });
  const t = await getTranslations('assist.parked');
  const { problem, of: problemReference } = await searchParams;
  const knownProblem = PROBLEMS.find((name) => name === problem);
  return (
    <>
      <title>{t('title')}</title>
      <ConsoleBar agent={session} locale={locale} />
      <h1>{t('title')}</h1>
      <p className="mt-4 mb-8">{t(unsettledCases.length > 0 ? 'lead' : 'none')}</p>
      {knownProblem === 'changed' || knownProblem === 'phone-held' ? (
        <Alert className="font-medium">{t(knownProblem)}</Alert>
      ) : null}
      <ul className="grid gap-8">
        {unsettledCases.map(({ id, ...details }) => (
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
