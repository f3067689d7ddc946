import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { ConsoleBar } from '@/components/console/console-bar';
import { Say } from '@/components/console/say';
import { BigDigits } from '@/components/layout/confirmation-code';
import { KeepLooking } from '@/components/layout/poll-for-updates';
import { buttonLook } from '@/components/ui/button';
import { agentFor, refuse } from '@/lib/auth/current-agent';
import type { Locale } from '@/lib/i18n/routing';
import { store } from '@/lib/store/store';

type Props = { params: Promise<{ locale: Locale; request: string }> };

/** An agent who has typed a customer's code waits for their yes. Nothing of the customer shows before it. */
export default async function TakeOverPage({ params }: Props) {
  const { locale, request } = await params;
  const session = await agentFor(locale, 'case.takeOver');
  const met = await (await store()).helpRequests.metBy(request, session.subject);
  if (!met) return refuse(session, 'case.takeOver', undefined, 'no request of this agent');
  if (met.caseId && met.state === 'agreed') redirect(`/${locale}/assist/cases/${met.caseId}`);
  const t = await getTranslations('assist.takeOver');
  const tAssist = await getTranslations('assist');
  const theirs = await getTranslations({ locale: met.lang, namespace: 'spoken' });
  return (
    <>
      <title>{t('title')}</title>
      <ConsoleBar agent={session} locale={locale} />
      <KeepLooking
        view={met.state}
        isWaiting={met.state === 'met'}
        lookAt={`/${locale}/assist/take-over/${request}/progress`}
        follow={undefined}
        stamp=""
      />
      <h1 className="mb-6">{t('title')}</h1>
      {met.state === 'met' ? (
        <div className="grid gap-6">
          <BigDigits digits={met.digits} />
          <Say lang={met.lang} cue={tAssist('say')}>
            {theirs('takeOver', { digits: met.digits })}
          </Say>
          <p role="status">{t('wait')}</p>
        </div>
      ) : (
        <p role="status" className="mb-6">
          {t('over')}
        </p>
      )}
      <a href={`/${locale}/assist`} className={`${buttonLook('secondary')} mt-6`}>
        {tAssist('title')}
      </a>
    </>
  );
}
