import { getTranslations } from 'next-intl/server';
import { CaseList } from '@/components/console/case-list';
import { ConsoleBar } from '@/components/console/console-bar';
import { FocusFirstEmptyField } from '@/components/console/focus-first-empty-field';
import { StartCase } from '@/components/console/start-case';
import { TakeOverForm } from '@/components/console/take-over-form';
import { ClientMessages } from '@/components/i18n/client-messages';
import { withAgentAuthorization } from '@/lib/auth/agent-authorization';
import { getEnv } from '@/lib/config/env';
import { getJourneyContext } from '@/lib/config/get-journey-context';
import { hasPermission } from '@/lib/domain/assist/permissions';
import { parseWaitMinutes } from '@/lib/domain/retry-time';
import type { Locale } from '@/lib/i18n/routing';
import { getStore } from '@/lib/store/store';
import { startCase } from './case-actions';
import { takeOver } from './take-over/actions';

type Props = { params: Promise<{ locale: Locale }>; searchParams: Promise<{ code?: string; wait?: string }> };

/** Shows the form that starts a case, and the shop's open cases. */
export default async function AssistPage({ params, searchParams }: Props) {
  const { locale } = await params;
  const t = await getTranslations('assist');
  const { session, cases } = await withAgentAuthorization({ locale, action: 'case.list' }, async ({ session }) => ({
    session,
    cases: await (await getStore()).cases.listOpen(session.shop),
  }));
  const { code, wait } = await searchParams;
  const { PARTNER_TIME_ZONE: timeZone } = getEnv();
  const dateFormat = new Intl.DateTimeFormat(locale, { dateStyle: 'short', timeStyle: 'short', timeZone });
  const canStart = hasPermission(session.role, 'case.start', 'own');
  const landingPath = hasPermission(session.role, 'case.read', 'shop') ? '' : '/hand-over';
  return (
    <ClientMessages only={['form', 'errors', 'assist']}>
      <ConsoleBar agent={session} locale={locale} />
      <h1 className="mb-6">{t(canStart ? 'new' : 'title')}</h1>
      {canStart ? (
        <>
          <StartCase title={t('title')} context={getJourneyContext(new Date())} action={startCase.bind(null, locale)} />
          <TakeOverForm
            isWrong={code === 'gone'}
            waitMinutes={parseWaitMinutes(wait)}
            action={takeOver.bind(null, locale)}
          />
          <FocusFirstEmptyField />
        </>
      ) : (
        <title>{t('title')}</title>
      )}
      <h2 className="mt-12 mb-3 text-xl font-bold">{t('open')}</h2>
      <CaseList
        cases={cases.map(({ id, agent, customer, updatedAt }) => ({
          id,
          href: `/${locale}/assist/cases/${id}${landingPath}`,
          phone: customer.phone,
          name: customer.name || (customer.phone ? '' : t('noName')),
          note: `${t(agent === session.subject ? 'mine' : 'others')} · ${dateFormat.format(updatedAt)}`,
        }))}
      />
    </ClientMessages>
  );
}
