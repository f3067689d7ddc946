import { getTranslations } from 'next-intl/server';
import { CaseBanner } from '@/components/console/case-banner';
import { CaseOutcome } from '@/components/console/case-outcome';
import { ConfirmDevice } from '@/components/console/confirm-device';
import { ConsoleBar } from '@/components/console/console-bar';
import { HandoverOptions } from '@/components/console/handover-options';
import { SpokenText } from '@/components/console/spoken-text';
import { PollForUpdates } from '@/components/layout/poll-for-updates';
import { Button, buttonVariants } from '@/components/ui/button';
import { getBrand } from '@/lib/config/brand/brand';
import { getEnv } from '@/lib/config/env';
import { type CaseAction, isActionPossible } from '@/lib/domain/assist/case-actions';
import { isCaseOutcome } from '@/lib/domain/assist/case-state';
import { getOwnership, hasPermission } from '@/lib/domain/assist/permissions';
import { getReference } from '@/lib/domain/text/ids';
import { ENROLMENT_STATES, getCorrectableField } from '@/lib/domain/upstream-responses/catalogue';
import type { Locale } from '@/lib/i18n/routing';
import { getCasePath, getCaseProgress, openCase } from '@/lib/use-cases/agent/open-case';
import { getRejectionReason } from '@/lib/use-cases/agent/rejection-reason';
import { askStatus, confirmDevice, handOver, stopHandOver } from '../../../case-actions';

type Props = { params: Promise<{ locale: Locale; case: string }>; searchParams: Promise<{ enrolment?: string }> };

/**
 * Hands a case to its customer's device, tells how far they are (the step, never a word of what they write) and how it
 * ended.
 */
export default async function HandOverPage({ params, searchParams }: Props) {
  const { locale, case: id } = await params;
  const { session, found: caseRecord, journey } = await openCase(locale, id, 'case.watch', []);
  const { state, step, handover, devices, view } = await getCaseProgress(journey, caseRecord);
  const t = await getTranslations('assist.handOver');
  const tAssist = await getTranslations('assist');
  const tSteps = await getTranslations('steps');
  const { lang } = caseRecord.customer;
  const tCustomer = await getTranslations({ locale: lang, namespace: 'spoken.handOver' });
  const { token = '', code = '' } = handover ?? {};
  const { host } = new URL(getEnv().APP_ORIGIN);
  const ownership = getOwnership(session, caseRecord);
  const isAllowed = (action: Parameters<typeof hasPermission>[1]) => hasPermission(session.role, action, ownership);
  const isAvailable = (action: CaseAction) => isAllowed(action) && isActionPossible(action, state);
  const { enrolment } = await searchParams;
  const stepLabel = step === 'review' ? t('review') : tSteps(`${step}.short`);
  const correctionStep = getCorrectableField(journey.refusal)?.step ?? 'identity';
  const isDone = !isActionPossible('case.fill', state);
  return (
    <>
      <ConsoleBar agent={session} locale={locale} />
      <CaseBanner
        customer={caseRecord.customer}
        history={isAllowed('case.history') ? getCasePath(locale, id, 'history') : undefined}
      />
      <PollForUpdates
        view={view}
        isWaiting={state !== 'delivered' && state !== 'parked'}
        pollPath={`/${locale}/assist/cases/${id}/progress`}
        follow={undefined}
        stamp=""
      />
      <div role="status">
        {isCaseOutcome(state) ? (
          <CaseOutcome
            outcome={state}
            lang={lang}
            brandName={getBrand().name}
            reference={journey.submission ? getReference(journey.submission.id) : ''}
            cause={
              isAllowed('case.reason') ? await getRejectionReason(session, caseRecord, journey.submission) : undefined
            }
            correctionPath={isAvailable('case.fill') ? getCasePath(locale, id, correctionStep) : undefined}
            checkStatus={isAvailable('case.status') ? askStatus.bind(null, locale, id) : undefined}
            enrolment={[...ENROLMENT_STATES, 'failed' as const].find((name) => name === enrolment)}
          />
        ) : (
          <>
            <title>{t('title')}</title>
            <h1 className="mb-4">{t('title')}</h1>
            <p className="mb-4">{t(`state.${state}`, { step: stepLabel })}</p>
            <SpokenText lang={lang} cue={tAssist('say')}>
              {tCustomer(state)}
            </SpokenText>
            {isAvailable('case.confirm') ? (
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
      {state === 'waiting' && isAllowed('case.handOver') ? (
        <HandoverOptions
          link={`${getEnv().APP_ORIGIN}/continue#${token}`}
          entryAddress={`${host}/continue`}
          customer={caseRecord.customer}
          code={code}
        />
      ) : null}
      <div className="mt-6 grid gap-4">
        {isAvailable('case.stop') ? (
          <form action={stopHandOver.bind(null, locale, id)}>
            <Button type="submit" kind="secondary">
              {t('stop')}
            </Button>
          </form>
        ) : null}
        {isAvailable('case.handOver') ? (
          <form action={handOver.bind(null, locale, id)}>
            <Button type="submit">{t('begin')}</Button>
          </form>
        ) : null}
        {isAvailable('case.fill') ? (
          <a href={getCasePath(locale, id, step)} className={buttonVariants('secondary')}>
            {t('back')}
          </a>
        ) : null}
        {isAvailable('case.close') ? (
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
