import { getTranslations } from 'next-intl/server';
import { ConfirmDevice } from '@/components/console/confirm-device';
import { HandoverOptions } from '@/components/console/handover-options';
import { HandoverProgress } from '@/components/console/handover-progress';
import { BACK_TO_FIELD, HAND_OVER_TARGET, STEP_FORM_ID } from '@/components/form/form-names';
import { PollForUpdates } from '@/components/layout/poll-for-updates';
import { Button } from '@/components/ui/button';
import { TextLink } from '@/components/ui/text-link';
import { getBrand } from '@/lib/config/brand/brand';
import { getEnv } from '@/lib/config/env';
import type { StepId } from '@/lib/domain/steps';
import { getCasePath } from '@/lib/use-cases/agent/console-paths';
import { confirmDevice, handOver } from '../../case-actions';
import type { CaseStatusView } from './load-case-status';

/** The hand-over beside a step's form: one press begins it, and the agent goes on typing while the customer scans. */
export async function HandoverPanel(props: CaseStatusView & { page: StepId }) {
  const { locale, access, progress, isAvailable, page } = props;
  const t = await getTranslations('assist.handOver');
  const { id } = access.caseRecord;
  const { state, step, deviceView } = progress;
  return (
    <section className="handover-panel" aria-label={t('title')}>
      <PollForUpdates
        view={deviceView}
        isWaiting={state === 'waiting'}
        pollPath={`/${locale}/assist/cases/${id}/progress?devices`}
        follow={undefined}
        stamp=""
      />
      {/* Without script a form of its own would lose what is typed beside it, so the step's form is posted. */}
      <div className="without-script">
        <Button type="submit" kind="secondary" form={STEP_FORM_ID} name={BACK_TO_FIELD} value={HAND_OVER_TARGET}>
          {t('show')}
        </Button>
      </div>
      <div className="needs-script">
        {isAvailable('case.handOver') ? (
          <form action={handOver.bind(null, locale, id, page)}>
            <Button type="submit" kind="secondary">
              {t('show')}
            </Button>
          </form>
        ) : (
          <HandoverProgress state={state} step={step} deviceCount={progress.devices.length} isLive={false} />
        )}
        <HandoverOffer {...props} page={page} />
        {state === 'opened' ? <TextLink href={getCasePath(locale, id, 'hand-over')}>{t('watch')}</TextLink> : null}
      </div>
    </section>
  );
}

/** A waiting hand-over: what the customer scans or types, and the devices that the agent confirms. */
export function HandoverOffer({
  locale,
  access: { caseRecord },
  progress: { state, handover, devices },
  isAllowed,
  isAvailable,
  page,
}: CaseStatusView & { page: StepId | 'hand-over' }) {
  if (state !== 'waiting' || !isAllowed('case.handOver')) return null;
  const { APP_ORIGIN } = getEnv();
  const waitingDevices = devices.map(({ id, digits }) => ({
    digits,
    confirm: confirmDevice.bind(null, locale, caseRecord.id, id, page),
  }));
  return (
    <>
      {isAvailable('case.confirm') ? <ConfirmDevice devices={waitingDevices} /> : null}
      <HandoverOptions
        brandName={getBrand().name}
        link={`${APP_ORIGIN}/continue#${handover?.token ?? ''}`}
        entryAddress={`${new URL(APP_ORIGIN).host}/continue`}
        customer={caseRecord.customer}
        code={handover?.code ?? ''}
      />
    </>
  );
}
