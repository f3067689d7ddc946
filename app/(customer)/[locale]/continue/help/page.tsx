import { notFound, redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { StampField } from '@/components/form/stamp-field';
import { ConfirmationCode } from '@/components/layout/confirmation-code';
import { PollForUpdates } from '@/components/layout/poll-for-updates';
import { ShortCode } from '@/components/layout/short-code';
import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { TextWithValues } from '@/components/ui/value';
import { getCaseForDevice } from '@/lib/auth/draft-cookie';
import { hasConsole } from '@/lib/auth/identity-provider';
import { helpCookie } from '@/lib/auth/short-cookies';
import { getBrand } from '@/lib/config/brand/brand';
import { writeStamp } from '@/lib/domain/form-stamp';
import { parseWaitMinutes } from '@/lib/domain/retry-time';
import { getPagePath } from '@/lib/i18n/paths';
import type { Locale } from '@/lib/i18n/routing';
import type { HelpRequest } from '@/lib/store/help-requests';
import { getStore } from '@/lib/store/store';
import { createTokenMark } from '@/lib/use-cases/customer/form-check';
import { acceptHelp, askForHelp, cancelHelpRequest } from './actions';

type Props = { params: Promise<{ locale: Locale }>; searchParams: Promise<{ wait?: string }> };

/** Shows the customer a code for the agent, then the agent's shop, the confirmation code and the button that accepts. */
export default async function HelpPage({ params, searchParams }: Props) {
  const { locale } = await params;
  if (!hasConsole()) notFound();
  // An agent has the case already.
  if (await getCaseForDevice()) redirect(getPagePath(locale, 'identity'));
  const t = await getTranslations('continue.help');
  const token = await helpCookie.read();
  const helpRequest = token === undefined ? undefined : await (await getStore()).helpRequests.find(token);
  const stamp = writeStamp(createTokenMark(token));
  const minutes = parseWaitMinutes((await searchParams).wait);
  return (
    <>
      <title>{t('title')}</title>
      <PollForUpdates
        view={helpRequest?.state ?? ''}
        isWaiting={helpRequest?.state === 'asked' || helpRequest?.state === 'met'}
        pollPath={`/${locale}/continue/help/progress`}
        follow={undefined}
        stamp={stamp}
      />
      <h1>{t('title')}</h1>
      {minutes ? <Alert className="font-medium">{t('limited', { minutes })}</Alert> : null}
      <div role="status" className="mt-6 grid gap-6">
        <HelpStatus helpRequest={helpRequest} />
      </div>
      <div className="mt-6 grid gap-4">
        {helpRequest?.state === 'met' ? (
          <form action={acceptHelp.bind(null, locale)}>
            <StampField value={stamp} />
            <Button type="submit">{t('agree')}</Button>
          </form>
        ) : null}
        {helpRequest?.state === 'asked' || helpRequest?.state === 'met' ? null : (
          <form action={askForHelp.bind(null, locale)}>
            <StampField value={stamp} />
            <Button type="submit">{t(helpRequest ? 'again' : 'get')}</Button>
          </form>
        )}
        <form action={cancelHelpRequest.bind(null, locale)}>
          <StampField value={stamp} />
          <Button type="submit" kind="secondary">
            {t('alone')}
          </Button>
        </form>
      </div>
    </>
  );
}

/** Explains the state of the request: nothing requested yet, the code for the agent, the agent's shop, or the end. */
async function HelpStatus({ helpRequest }: { helpRequest: HelpRequest | undefined }) {
  const t = await getTranslations('continue.help');
  const brand = getBrand().name;
  switch (helpRequest?.state) {
    case undefined:
      return <p>{t('start', { brand })}</p>;
    case 'asked':
      return (
        <>
          <p>{t('lead')}</p>
          <p className="text-center">
            <ShortCode code={helpRequest.code} />
          </p>
        </>
      );
    case 'met':
      return (
        <>
          <p>
            <TextWithValues text={t('asks', { brand, shop: '{shop}' })} values={{ shop: helpRequest.shop ?? '' }} />
          </p>
          <ConfirmationCode digits={helpRequest.digits} />
          <p className="text-quiet">{t('sees')}</p>
        </>
      );
    case 'over':
      return <p>{t('over')}</p>;
    case 'agreed':
      return null;
  }
}
