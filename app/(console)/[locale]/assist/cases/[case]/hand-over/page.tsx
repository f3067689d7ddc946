import { getTranslations } from 'next-intl/server';
import { CaseBanner } from '@/components/console/case-banner';
import { CaseOutcome } from '@/components/console/case-outcome';
import { ConfirmDevice } from '@/components/console/confirm-device';
import { ConsoleBar } from '@/components/console/console-bar';
import { HandOverWays } from '@/components/console/hand-over-ways';
import { Say } from '@/components/console/say';
import { KeepLooking } from '@/components/layout/poll-for-updates';
import { Button, buttonLook } from '@/components/ui/button';
import { brand } from '@/lib/config/brand/brand';
import { env } from '@/lib/config/env';
import { type CaseAction, isPossible } from '@/lib/domain/assist/case-actions';
import { isOutcome } from '@/lib/domain/assist/case-state';
import { mayDo, ownershipOf } from '@/lib/domain/assist/permissions';
import { ENROLMENTS, mendOf } from '@/lib/domain/upstream-responses/catalogue';
import type { Locale } from '@/lib/i18n/routing';
import { casePath, openCase, progressOf } from '@/lib/use-cases/agent/open-case';
import { reasonOf } from '@/lib/use-cases/agent/read-rejection-reason';
import { askStatus, confirmDevice, handOver, stopHandOver } from '../../../case-actions';

type Props = { params: Promise<{ locale: Locale; case: string }>; searchParams: Promise<{ enrolment?: string }> };

/**
 * Hands a case to its customer's device, tells how far they are (the step, never a word of what they write) and how it
 * ended.
 */
export default async function HandOverPage({ params, searchParams }: Props) {
  const { locale, case: id } = await params;
  const { session, found, journey } = await openCase(locale, id, 'case.watch', []);
  const { state, step, handover, devices, view } = await progressOf(journey, found);
  const t = await getTranslations('assist.handOver');
  const tAssist = await getTranslations('assist');
  const tSteps = await getTranslations('steps');
  const { lang } = found.customer;
  const theirs = await getTranslations({ locale: lang, namespace: 'spoken.handOver' });
  const { token = '', code = '' } = handover ?? {};
  const { host } = new URL(env().APP_ORIGIN);
  const ownership = ownershipOf(session, found);
  const may = (action: Parameters<typeof mayDo>[1]) => mayDo(session.role, action, ownership);
  const can = (action: CaseAction) => may(action) && isPossible(action, state);
  const { enrolment } = await searchParams;
  const shown = step === 'review' ? t('review') : tSteps(`${step}.short`);
  const mend = mendOf(journey.refusal)?.step ?? 'identity';
  const isDone = !isPossible('case.fill', state);
  return (
    <>
      <ConsoleBar agent={session} locale={locale} />
      <CaseBanner
        customer={found.customer}
        history={may('case.history') ? casePath(locale, id, 'history') : undefined}
      />
      <KeepLooking
        view={view}
        isWaiting={state !== 'delivered' && state !== 'parked'}
        lookAt={`/${locale}/assist/cases/${id}/progress`}
        follow={undefined}
        stamp=""
      />
      <div role="status">
        {isOutcome(state) ? (
          <CaseOutcome
            outcome={state}
            lang={lang}
            brandName={brand().name}
            reference={journey.submission?.id.slice(0, 8).toUpperCase() ?? ''}
            cause={may('case.reason') ? await reasonOf(session, found, journey.submission) : undefined}
            mendPath={can('case.fill') ? casePath(locale, id, mend) : undefined}
            ask={can('case.status') ? askStatus.bind(null, locale, id) : undefined}
            enrolment={[...ENROLMENTS, 'failed' as const].find((name) => name === enrolment)}
          />
        ) : (
          <>
            <title>{t('title')}</title>
            <h1 className="mb-4">{t('title')}</h1>
            <p className="mb-4">{t(`state.${state}`, { step: shown })}</p>
            <Say lang={lang} cue={tAssist('say')}>
              {theirs(state)}
            </Say>
            {can('case.confirm') ? (
              <ConfirmDevice
                devices={devices.map(({ id: device, digits }) => ({
                  digits,
                  confirm: confirmDevice.bind(null, locale, id, device),
                }))}
              />
            ) : null}
          </>
        )}
      </div>
      {state === 'waiting' && may('case.handOver') ? (
        <HandOverWays
          link={`${env().APP_ORIGIN}/continue#${token}`}
          place={`${host}/continue`}
          customer={found.customer}
          code={code}
        />
      ) : null}
      <div className="mt-6 grid gap-4">
        {can('case.stop') ? (
          <form action={stopHandOver.bind(null, locale, id)}>
            <Button type="submit" kind="secondary">
              {t('stop')}
            </Button>
          </form>
        ) : null}
        {can('case.handOver') ? (
          <form action={handOver.bind(null, locale, id)}>
            <Button type="submit">{t('begin')}</Button>
          </form>
        ) : null}
        {can('case.fill') ? (
          <a href={casePath(locale, id, step)} className={buttonLook('secondary')}>
            {t('back')}
          </a>
        ) : null}
        {can('case.close') ? (
          <form method="post" action="/assist/next">
            <input type="hidden" name="lang" value={locale} />
            <input type="hidden" name="case" value={id} />
            <Button type="submit" kind={isDone ? 'primary' : 'secondary'}>
              {t(isDone || state === 'refused' ? 'next' : 'leave')}
            </Button>
          </form>
        ) : null}
      </div>
    </>
  );
}
