import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { ConsoleBar } from '@/components/console/console-bar';
import { SpokenText } from '@/components/console/spoken-text';
import { ConfirmationCode } from '@/components/layout/confirmation-code';
import { PollForUpdates } from '@/components/layout/poll-for-updates';
import { buttonVariants } from '@/components/ui/button';
import { authorizeAgent, denyAccess } from '@/lib/auth/agent-authorization';
import type { Locale } from '@/lib/i18n/routing';
import { getStore } from '@/lib/store/store';

type Props = { params: Promise<{ locale: Locale; request: string }> };

/** Shows the confirmation code until the customer accepts; then it leads to the case. Before that it shows no data of the customer. */
export default async function TakeOverPage({ params }: Props) {
  const { locale, request } = await params;
  const { session } = await authorizeAgent({ locale, action: 'case.takeOver' });
  const helpRequest = await (await getStore()).helpRequests.findClaimedBy(request, session.subject);
  if (!helpRequest) return denyAccess(session, 'case.takeOver', undefined, 'no request of this agent');
  if (helpRequest.caseId && helpRequest.state === 'agreed') redirect(`/${locale}/assist/cases/${helpRequest.caseId}`);
  const t = await getTranslations('assist.takeOver');
  const tAssist = await getTranslations('assist');
  const tCustomer = await getTranslations({ locale: helpRequest.lang, namespace: 'spoken' });
  return (
    <>
      <title>{t('title')}</title>
      <ConsoleBar agent={session} locale={locale} />
      <PollForUpdates
        view={helpRequest.state}
        isWaiting={helpRequest.state === 'met'}
        pollPath={`/${locale}/assist/take-over/${request}/progress`}
        follow={undefined}
        stamp=""
      />
      <h1 className="mb-6">{t('title')}</h1>
      {helpRequest.state === 'met' ? (
        <div className="grid gap-6">
          <ConfirmationCode digits={helpRequest.digits} />
          <SpokenText lang={helpRequest.lang} cue={tAssist('say')}>
            {tCustomer('takeOver', { digits: helpRequest.digits })}
          </SpokenText>
          <p role="status">{t('wait')}</p>
        </div>
      ) : (
        <p role="status" className="mb-6">
          {t('over')}
        </p>
      )}
      <a href={`/${locale}/assist`} className={`${buttonVariants('secondary')} mt-6`}>
        {tAssist('title')}
      </a>
    </>
  );
}
