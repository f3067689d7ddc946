import { CaseBanner } from '@/components/console/case-banner';
import { ConsoleBar } from '@/components/console/console-bar';
import { HandoverOptions } from '@/components/console/handover-options';
import { PollForUpdates } from '@/components/layout/poll-for-updates';
import { getBrand } from '@/lib/config/brand/brand';
import { getEnv } from '@/lib/config/env';
import { type CaseAction, isActionPossible } from '@/lib/domain/assist/allowed-case-actions';
import { type Action, getOwnership, hasPermission } from '@/lib/domain/assist/permissions';
import type { Locale } from '@/lib/i18n/routing';
import { getCaseProgress } from '@/lib/use-cases/agent/case-journey';
import { getCasePath } from '@/lib/use-cases/agent/console-paths';
import { openCasePage } from '../open-case-page';
import { CaseButtons } from './case-buttons';
import { CaseStatus } from './case-status';

type Props = { params: Promise<{ locale: Locale; case: string }>; searchParams: Promise<{ enrolment?: string }> };

/** Hands a case over to its customer's device, and shows the customer's step, never an answer, and the outcome. */
export default async function HandOverPage({ params, searchParams }: Props) {
  const { locale, case: caseId } = await params;
  const access = await openCasePage({ locale, caseId, action: 'case.watch', fields: [] });
  const { session, caseRecord, journey } = access;
  const progress = await getCaseProgress(journey, caseRecord);
  const { state, handover, view } = progress;
  const ownership = getOwnership(session, caseRecord);
  const isAllowed = (action: Action) => hasPermission(session.role, action, ownership);
  const isAvailable = (action: CaseAction) => isAllowed(action) && isActionPossible(action, state);
  const { APP_ORIGIN } = getEnv();
  const { customer } = caseRecord;
  return (
    <>
      <ConsoleBar agent={session} locale={locale} />
      <CaseBanner
        customer={customer}
        history={isAllowed('case.history') ? getCasePath(locale, caseId, 'history') : undefined}
      />
      <PollForUpdates
        view={view}
        isWaiting={state !== 'delivered' && state !== 'parked'}
        pollPath={`/${locale}/assist/cases/${caseId}/progress`}
        follow={undefined}
        stamp=""
      />
      <CaseStatus
        locale={locale}
        access={access}
        progress={progress}
        isAllowed={isAllowed}
        isAvailable={isAvailable}
        enrolment={(await searchParams).enrolment}
      />
      {state === 'waiting' && isAllowed('case.handOver') ? (
        <HandoverOptions
          brandName={getBrand().name}
          link={`${APP_ORIGIN}/continue#${handover?.token ?? ''}`}
          entryAddress={`${new URL(APP_ORIGIN).host}/continue`}
          customer={customer}
          code={handover?.code ?? ''}
        />
      ) : null}
      <CaseButtons locale={locale} caseId={caseId} progress={progress} isAvailable={isAvailable} />
    </>
  );
}
