import { getTranslations } from 'next-intl/server';
import { CaseSearch } from '@/components/console/case-search';
import { ConsoleBar } from '@/components/console/console-bar';
import { FocusFirstEmptyField } from '@/components/console/focus-first-empty-field';
import { Worklist } from '@/components/console/worklist';
import { ClientMessages } from '@/components/i18n/client-messages';
import { Alert } from '@/components/ui/alert';
import { withAgentAuthorization } from '@/lib/auth/agent-authorization';
import { getEnv } from '@/lib/config/env';
import { getJourneyContext } from '@/lib/config/get-journey-context';
import { hasPermission } from '@/lib/domain/assist/permissions';
import { parseWaitMinutes } from '@/lib/domain/retry-time';
import type { Locale } from '@/lib/i18n/routing';
import { formatPhone } from '@/lib/reference-data/format-phone';
import { getStore } from '@/lib/store/store';
import { startCase } from './case-actions';

type Props = { params: Promise<{ locale: Locale }>; searchParams: Promise<{ wait?: string }> };

/** Shows the shop's open cases, and the box that finds or starts one. */
export default async function AssistPage({ params, searchParams }: Props) {
  const { locale } = await params;
  const t = await getTranslations('assist');
  const { session, openCases } = await withAgentAuthorization({ locale, action: 'case.list' }, async ({ session }) => ({
    session,
    openCases: await (await getStore()).cases.listOpen(session.shop),
  }));
  const waitMinutes = parseWaitMinutes((await searchParams).wait);
  const { PARTNER_TIME_ZONE: timeZone } = getEnv();
  const dateFormat = new Intl.DateTimeFormat(locale, { dateStyle: 'short', timeStyle: 'short', timeZone });
  const landingPath = hasPermission(session.role, 'case.read', 'shop') ? '' : '/hand-over';
  const cases = openCases.map(({ id, agent, customer: { name, phone }, updatedAt }) => ({
    id,
    href: `/${locale}/assist/cases/${id}${landingPath}`,
    phone: formatPhone(phone),
    name,
    owner: t(agent === session.subject ? 'mine' : 'others'),
    time: dateFormat.format(updatedAt),
  }));
  return (
    <ClientMessages only={['form', 'errors', 'assist']} isForAgent>
      <ConsoleBar agent={session} locale={locale} />
      <h1 className="mb-4">{t('title')}</h1>
      {waitMinutes ? <Alert className="mb-4 font-medium">{t('takeOver.later', { minutes: waitMinutes })}</Alert> : null}
      {hasPermission(session.role, 'case.start', 'own') ? (
        <>
          <Worklist
            title={t('title')}
            context={getJourneyContext(new Date())}
            action={startCase.bind(null, locale)}
            cases={cases}
          />
          <FocusFirstEmptyField />
        </>
      ) : (
        <>
          <title>{t('title')}</title>
          <CaseSearch cases={cases} />
        </>
      )}
    </ClientMessages>
  );
}
