import { getTranslations } from 'next-intl/server';
import { StartOver } from '@/components/layout/start-over';
import { StepHeader } from '@/components/layout/step-header';
import { ActionBar } from '@/components/ui/action-bar';
import { Button } from '@/components/ui/button';
import type { Locale } from '@/lib/i18n/routing';
import { getPreviousStep, type JourneyView } from './journey-view';

/** The path that takes a journey out of a partner's frame (`app/leave-frame/route.ts`). */
const LEAVE_FRAME_PATH = '/leave-frame';

/** The end of a journey in a partner's frame: the review page, with the consent and its button, opens in the whole window. */
export async function LastPageView({ journey, token }: { journey: JourneyView; token: string }) {
  const t = await getTranslations('lastPage');
  const previousStep = getPreviousStep(journey, 'review');
  const back = { path: previousStep ? journey.getPath(previousStep) : journey.home };
  return (
    <>
      <title>{t('title')}</title>
      <StepHeader progress={journey.progress} page="review" title={t('title')} back={back} />
      <p className="mb-6">{t('text')}</p>
      <LeaveFrameForm locale={journey.locale} token={token} label={t('action')} />
      {journey.canStartOver ? <StartOver locale={journey.locale} stamp={journey.createStamp()} /> : null}
    </>
  );
}

type FormProps = { locale: Locale; token: string; label: string };

/** A press in the frame lets the browser leave the partner's page (HTML, "allowed to navigate", user activation). */
export const LeaveFrameForm = ({ locale, token, label }: FormProps) => (
  <form method="post" action={`${LEAVE_FRAME_PATH}?lang=${locale}`} target="_top">
    <input type="hidden" name="token" value={token} autoComplete="off" />
    <ActionBar>
      <Button type="submit">{label}</Button>
    </ActionBar>
  </form>
);
