import { getTranslations } from 'next-intl/server';
import { CaseList } from '@/components/assist/case-list';
import { ConsoleBar } from '@/components/assist/console-bar';
import { FocusFirst } from '@/components/assist/focus-first';
import { StartCase } from '@/components/assist/start-case';
import { ClientWords } from '@/components/words/client-words';
import { asAgent } from '@/lib/assist/current-agent';
import { journeyContext } from '@/lib/config/journey-context';
import type { Locale } from '@/lib/i18n/routing';
import { store } from '@/lib/store/store';
import { startCase } from './case-actions';

type Props = { params: Promise<{ locale: Locale }>; searchParams: Promise<{ all?: string }> };

/** The worklist: a customer to begin with, and those who are waiting. */
export default async function AssistPage({ params }: Props) {
  const { locale } = await params;
  const t = await getTranslations('assist');
  const { session, cases } = await asAgent(locale, 'case.list', {}, async (session) => ({
    session,
    cases: await (await store()).cases.open(session.shop),
  }));
  const ages = new Intl.DateTimeFormat(locale, { dateStyle: 'short', timeStyle: 'short' });
  return (
    <ClientWords only={['form', 'errors', 'assist']}>
      <ConsoleBar agent={session} locale={locale} />
      <h1 className="mb-6">{t('new')}</h1>
      <StartCase title={t('title')} context={journeyContext(new Date())} action={startCase.bind(null, locale)} />
      <FocusFirst />
      <h2 className="mt-12 mb-3 text-xl font-bold">{t('open')}</h2>
      <CaseList
        cases={cases.map(({ id, agent, customer, updatedAt }) => ({
          ...{ id, href: `/${locale}/assist/cases/${id}`, name: customer.name, phone: customer.phone },
          note: `${t(agent === session.subject ? 'mine' : 'others')} · ${ages.format(updatedAt)}`,
        }))}
      />
    </ClientWords>
  );
}
