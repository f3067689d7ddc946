import { notFound, redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { Notice } from '@/components/form/notice';
import { StampField } from '@/components/form/stamp-field';
import { BigDigits } from '@/components/layout/confirmation-code';
import { KeepLooking } from '@/components/layout/poll-for-updates';
import { ShortCode } from '@/components/layout/short-code';
import { Button } from '@/components/ui/button';
import { TextWithValues } from '@/components/ui/value';
import { handedCase } from '@/lib/auth/draft-cookie';
import { hasConsole } from '@/lib/auth/identity-provider';
import { helpCookie } from '@/lib/auth/short-cookies';
import { brand } from '@/lib/config/brand/brand';
import { writeStamp } from '@/lib/domain/form-stamp';
import { parseWaitMinutes } from '@/lib/domain/wait';
import { pagePath } from '@/lib/i18n/paths';
import type { Locale } from '@/lib/i18n/routing';
import { store } from '@/lib/store/store';
import { markToken } from '@/lib/use-cases/customer/form-check';
import { agreeToHelp, askForHelp, stopAsking } from './actions';

type Props = { params: Promise<{ locale: Locale }>; searchParams: Promise<{ wait?: string }> };

/** The customer's end of being helped: a code to show, then whose help it is, the same two digits, and the yes. */
export default async function HelpPage({ params, searchParams }: Props) {
  const { locale } = await params;
  if (!hasConsole()) notFound();
  // Somebody helps already.
  if (await handedCase()) redirect(pagePath(locale, 'identity'));
  const t = await getTranslations('continue.help');
  const token = await helpCookie.read();
  const asked = token === undefined ? undefined : await (await store()).helpRequests.find(token);
  const stamp = writeStamp(markToken(token));
  const brandName = brand().name;
  const minutes = parseWaitMinutes((await searchParams).wait);
  return (
    <>
      <title>{t('title')}</title>
      <KeepLooking
        view={asked?.state ?? ''}
        isWaiting={asked?.state === 'asked' || asked?.state === 'met'}
        lookAt={`/${locale}/continue/help/progress`}
        follow={undefined}
        stamp={stamp}
      />
      <h1>{t('title')}</h1>
      {minutes ? <Notice>{t('limited', { minutes })}</Notice> : null}
      <div role="status" className="mt-6 grid gap-6">
        {asked ? null : <p>{t('start', { brand: brandName })}</p>}
        {asked?.state === 'asked' ? (
          <>
            <p>{t('lead')}</p>
            <p className="text-center">
              <ShortCode code={asked.code} />
            </p>
          </>
        ) : null}
        {asked?.state === 'met' ? (
          <>
            <p>
              <TextWithValues
                text={t('asks', { brand: brandName, shop: '{shop}' })}
                values={{ shop: asked.shop ?? '' }}
              />
            </p>
            <BigDigits digits={asked.digits} />
            <p className="text-quiet">{t('sees')}</p>
          </>
        ) : null}
        {asked?.state === 'over' ? <p>{t('over')}</p> : null}
      </div>
      <div className="mt-6 grid gap-4">
        {asked?.state === 'met' ? (
          <form action={agreeToHelp.bind(null, locale)}>
            <StampField value={stamp} />
            <Button type="submit">{t('agree')}</Button>
          </form>
        ) : null}
        {asked?.state === 'asked' || asked?.state === 'met' ? null : (
          <form action={askForHelp.bind(null, locale)}>
            <StampField value={stamp} />
            <Button type="submit">{t(asked ? 'again' : 'get')}</Button>
          </form>
        )}
        <form action={stopAsking.bind(null, locale)}>
          <StampField value={stamp} />
          <Button type="submit" kind="secondary">
            {t('alone')}
          </Button>
        </form>
      </div>
    </>
  );
}
