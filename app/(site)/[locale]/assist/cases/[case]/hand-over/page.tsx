import { getTranslations } from 'next-intl/server';
import { CaseBanner } from '@/components/assist/case-banner';
import { ConsoleBar } from '@/components/assist/console-bar';
import { QrCode } from '@/components/assist/qr-code';
import { KeepLooking } from '@/components/layout/keep-looking';
import { Button, buttonLook } from '@/components/ui/button';
import { casePath, openCase, progressOf } from '@/lib/assist/open-case';
import { env } from '@/lib/config/env';
import type { Locale } from '@/lib/i18n/routing';
import { closeCase, handOver, stopHandOver } from '../../../case-actions';

type Props = { params: Promise<{ locale: Locale; case: string }> };

/** Hands a case to its customer's device, and tells how far they are: the step, never a word of what they write. */
export default async function HandOverPage({ params }: Props) {
  const { locale, case: id } = await params;
  const { session, found } = await openCase(locale, id, 'case.watch', []);
  const { state, step, handover } = await progressOf(locale, found);
  const t = await getTranslations('assist.handOver');
  const tSteps = await getTranslations('steps');
  const link = handover ? `${env().APP_ORIGIN}/continue#${handover.token}` : '';
  const message = encodeURIComponent(t('message', { link }));
  const number = found.customer.phone;
  const shown = step === 'review' ? t('review') : tSteps(`${step}.short`);
  return (
    <>
      <title>{t('title')}</title>
      <ConsoleBar agent={session} locale={locale} />
      <CaseBanner customer={found.customer} />
      <KeepLooking
        view={`${state}.${step}`}
        isWaiting={state !== 'delivered'}
        lookAt={`/${locale}/assist/cases/${id}/progress`}
        follow={undefined}
      />
      <h1>{t('title')}</h1>
      <p role="status" className="mt-4 mb-6">
        {t(`state.${state}`, { step: shown, digits: handover?.digits ?? '' })}
      </p>
      {state === 'waiting' && handover ? (
        <div className="mb-8 grid gap-6">
          <QrCode text={link} label={t('qr')} />
          <p>
            {t('code', { place: `${new URL(env().APP_ORIGIN).host}/continue` })}{' '}
            <strong className="text-xl tracking-widest">{handover.code.replace(/(.{4})/, '$1 ')}</strong>
          </p>
          <p className="text-6xl font-bold tabular-nums">{handover.digits}</p>
          <div className="flex flex-wrap gap-x-6">
            <a href={`sms:${number}?&body=${message}`} className="inline-flex min-h-11 items-center underline">
              {t('sms')}
            </a>
            <a
              href={`https://wa.me/${number.replace('+', '')}?text=${message}`}
              rel="noreferrer"
              className="inline-flex min-h-11 items-center underline"
            >
              {t('whatsapp')}
            </a>
          </div>
        </div>
      ) : null}
      <div className="grid gap-4">
        {state === 'waiting' || state === 'opened' ? (
          <form action={stopHandOver.bind(null, locale, id)}>
            <Button type="submit" kind="secondary">
              {t('stop')}
            </Button>
          </form>
        ) : null}
        {state === 'none' || state === 'stopped' || state === 'expired' ? (
          <form action={handOver.bind(null, locale, id)}>
            <Button type="submit">{t('begin')}</Button>
          </form>
        ) : null}
        {state === 'delivered' || state === 'sending' ? (
          <form action={closeCase.bind(null, locale, id)}>
            <Button type="submit">{t('next')}</Button>
          </form>
        ) : (
          <a href={casePath(locale, id, step)} className={buttonLook('secondary')}>
            {t('back')}
          </a>
        )}
      </div>
    </>
  );
}
