import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { StampField } from '@/components/form/stamp-field';
import { CodeField } from '@/components/layout/code-field';
import { ConfirmationCode } from '@/components/layout/confirmation-code';
import { PollForUpdates } from '@/components/layout/poll-for-updates';
import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { hasConsole } from '@/lib/auth/identity-provider';
import { handoverCookie } from '@/lib/auth/short-cookies';
import { getBrand } from '@/lib/config/brand/brand';
import { writeStamp } from '@/lib/domain/form-stamp';
import { parseWaitMinutes } from '@/lib/domain/retry-time';
import type { Locale } from '@/lib/i18n/routing';
import { getStore } from '@/lib/store/store';
import { createTokenMark } from '@/lib/use-cases/customer/form-check';
import { enterCase, redeemCode } from './actions';

type Props = { params: Promise<{ locale: Locale }>; searchParams: Promise<{ problem?: string; wait?: string }> };

/** Seconds between two reloads of a browser without script. */
const REFRESH_SECONDS = 5;

/** Shows the digits that the customer reads out until the agent confirms this device, or the field for a code. */
export default async function ContinuePage({ params, searchParams }: Props) {
  const { locale } = await params;
  if (!hasConsole()) notFound();
  const t = await getTranslations('continue');
  const token = await handoverCookie.read();
  const device = token === undefined ? undefined : await (await getStore()).handovers.findDevice(token);
  const { problem, wait } = await searchParams;
  const minutes = parseWaitMinutes(wait);
  const state = device?.state;
  const isGone = problem === 'gone' || state === 'over';
  const notice = minutes ? t('later', { minutes }) : isGone ? t('gone') : undefined;
  const isJoined = !notice && (state === 'waiting' || state === 'confirmed');
  const enter = enterCase.bind(null, locale);
  const stamp = writeStamp(createTokenMark(isJoined ? token : undefined));
  return (
    <>
      <title>{t('title')}</title>
      <PollForUpdates
        view={state ?? ''}
        isWaiting={isJoined && state === 'waiting'}
        pollPath={`/${locale}/continue/progress`}
        follow={state === 'confirmed' ? enter : undefined}
        stamp={stamp}
      />
      <h1>{t('title')}</h1>
      {isJoined && device ? (
        <form action={enter} className="mt-6 grid gap-6">
          <StampField value={stamp} />
          <JoinedDevice digits={device.digits} isConfirmed={state === 'confirmed'} />
        </form>
      ) : (
        <form action={redeemCode.bind(null, locale)} className="mt-6 grid gap-6">
          <StampField value={stamp} />
          {notice ? <Alert className="font-medium">{notice}</Alert> : null}
          <CodeField label={t('code')} />
          <Button type="submit">{t('redeem')}</Button>
        </form>
      )}
    </>
  );
}

/** The digits of this device, and the button once the agent has confirmed them. */
async function JoinedDevice({ digits, isConfirmed }: { digits: string; isConfirmed: boolean }) {
  const t = await getTranslations('continue');
  return (
    <>
      <p>{t('compare', { brand: getBrand().name })}</p>
      <ConfirmationCode digits={digits} />
      <p className="text-quiet">{t('watching')}</p>
      {isConfirmed ? (
        <Button type="submit">{t('redeem')}</Button>
      ) : (
        <>
          <noscript>
            <meta httpEquiv="refresh" content={String(REFRESH_SECONDS)} />
          </noscript>
          <p role="status">{t('wait')}</p>
        </>
      )}
    </>
  );
}
