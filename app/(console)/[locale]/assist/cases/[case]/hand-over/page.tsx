import { ConsoleBar } from '@/components/console/console-bar';
import { PollForUpdates } from '@/components/layout/poll-for-updates';
import type { Locale } from '@/lib/i18n/routing';
import { CaseHeader } from '../case-header';
import { HandoverOffer } from '../handover-panel';
import { loadCaseStatus } from '../load-case-status';
import { openCasePage } from '../open-case-page';
import { CaseButtons } from './case-buttons';
import { CaseStatus } from './case-status';

type Props = { params: Promise<{ locale: Locale; case: string }>; searchParams: Promise<{ enrolment?: string }> };

/** Offers the hand-over to the customer's device, and shows the customer's current step and the outcome, never an answer. */
export default async function HandOverPage({ params, searchParams }: Props) {
  const { locale, case: caseId } = await params;
  const access = await openCasePage({ locale, caseId, action: 'case.watch', fields: [] });
  const status = await loadCaseStatus(access, locale);
  const { state, view } = status.progress;
  return (
    <>
      <ConsoleBar agent={access.session} locale={locale} />
      <CaseHeader {...status} page="hand-over" />
      <PollForUpdates
        view={view}
        isWaiting={state !== 'delivered' && state !== 'parked'}
        pollPath={`/${locale}/assist/cases/${caseId}/progress`}
        follow={undefined}
        stamp=""
      />
      <div className="case">
        <CaseStatus {...status} enrolment={(await searchParams).enrolment} />
        <CaseButtons {...status} />
        <aside className="case-aside">
          <HandoverOffer {...status} page="hand-over" />
        </aside>
      </div>
    </>
  );
}
