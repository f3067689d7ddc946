import { getTranslations } from 'next-intl/server';
import { ConsoleBar } from '@/components/assist/console-bar';
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
      <h2 className="mt-12 mb-3 text-xl font-bold">{t('open')}</h2>
      {cases.length === 0 ? <p className="text-quiet">{t('none')}</p> : null}
      <ul className="grid gap-3">
        {cases.map(({ id, agent, customer, updatedAt }) => (
          <li key={id} className="rounded-control border border-line px-4 py-3">
            <a
              href={`/${locale}/assist/cases/${id}`}
              className="inline-flex min-h-11 items-center font-semibold underline underline-offset-4"
            >
              {customer.name || customer.phone}
            </a>
            <p className="text-[0.9375rem] text-quiet">
              {customer.name ? `${customer.phone} · ` : ''}
              {t(agent === session.subject ? 'mine' : 'others')} · {ages.format(updatedAt)}
            </p>
          </li>
        ))}
      </ul>
    </ClientWords>
  );
}
