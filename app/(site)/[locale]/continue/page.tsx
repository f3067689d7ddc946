import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { Notice } from '@/components/form/notice';
import { BigDigits } from '@/components/layout/big-digits';
import { CodeBox } from '@/components/layout/code-box';
import { Button } from '@/components/ui/button';
import { hasConsole } from '@/lib/assist/identity-provider';
import { handoverCookie } from '@/lib/assist/short-cookies';
import { brand } from '@/lib/config/brand/brand';
import { parseWaitMinutes } from '@/lib/domain/wait';
import type { Locale } from '@/lib/i18n/routing';
import { store } from '@/lib/store/store';
import { acceptHandOver, redeemCode } from './actions';

type Props = { params: Promise<{ locale: Locale }>; searchParams: Promise<{ problem?: string; wait?: string }> };

/** The customer's end of a hand-over: the same two digits as on the agent's screen, or the code that was read out. */
export default async function ContinuePage({ params, searchParams }: Props) {
  const { locale } = await params;
  if (!hasConsole()) notFound();
  const t = await getTranslations('continue');
  const token = await handoverCookie.read();
  const found = token === undefined ? undefined : await (await store()).handovers.find(token);
  const { problem, wait } = await searchParams;
  const minutes = parseWaitMinutes(wait);
  const notice = minutes ? t('later', { minutes }) : problem === 'gone' ? t('gone') : undefined;
  return (
    <>
      <title>{t('title')}</title>
      <h1>{t('title')}</h1>
      {found && !notice ? (
        <form action={acceptHandOver.bind(null, locale)} className="mt-6 grid gap-6">
          <p>{t('compare', { brand: brand().name })}</p>
          <BigDigits digits={found.digits} />
          <p className="text-quiet">{t('watching')}</p>
          <Button type="submit">{t('accept')}</Button>
        </form>
      ) : (
        <form action={redeemCode.bind(null, locale)} className="mt-6 grid gap-6">
          {notice ? <Notice>{notice}</Notice> : null}
          <CodeBox label={t('code')} />
          <Button type="submit">{t('redeem')}</Button>
        </form>
      )}
    </>
  );
}
