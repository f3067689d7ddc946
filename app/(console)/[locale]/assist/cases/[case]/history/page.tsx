import { getTranslations } from 'next-intl/server';
import { CaseBanner } from '@/components/console/case-banner';
import { ConsoleBar } from '@/components/console/console-bar';
import { HistoryList } from '@/components/console/history-list';
import { TextLink } from '@/components/ui/text-link';
import { withAgentAuthorization } from '@/lib/auth/agent-authorization';
import { getEnv } from '@/lib/config/env';
import type { Locale } from '@/lib/i18n/routing';
import { getCasePath, getNextCustomerPath } from '@/lib/use-cases/agent/console-paths';
import { getCaseHistory } from '@/lib/use-cases/agent/get-case-history';

type Props = { params: Promise<{ locale: Locale; case: string }> };

/** Shows the audit of a case, the newest act first: actors, actions and the labels of fields, never a value. */
export default async function HistoryPage({ params }: Props) {
  const { locale, case: caseId } = await params;
  const { session, caseRecord, acts } = await withAgentAuthorization(
    { locale, action: 'case.history', caseId },
    async (access) => ({ ...access, acts: await getCaseHistory(caseId) }),
  );
  const t = await getTranslations('assist');
  const { PARTNER_TIME_ZONE, RAAS_COUNTRY } = getEnv();
  return (
    <>
      <title>{t('history.title')}</title>
      <ConsoleBar agent={session} locale={locale} />
      <CaseBanner customer={caseRecord.customer}>
        {caseRecord.isOpen ? (
          <TextLink href={getCasePath(locale, caseId, 'hand-over')}>{t('handOver.watch')}</TextLink>
        ) : null}
        <TextLink href={getNextCustomerPath(locale)}>{t('next')}</TextLink>
      </CaseBanner>
      <h1 className="mb-4">{t('history.title')}</h1>
      <HistoryList locale={locale} acts={acts} timeZone={PARTNER_TIME_ZONE} country={RAAS_COUNTRY} />
    </>
  );
}
